/** Targets, values that people report, and up to when each table is complete. */
import { mrrAt } from "../account.ts";
import type { Company } from "../company.ts";
import { money } from "../csv.ts";
import { Dice } from "../dice.ts";
import type { TableOfCompany } from "./table.ts";

export const targetsTable: TableOfCompany = {
  name: "targets",
  columns: [
    "target_id",
    "metric_id",
    "dims",
    "target_type",
    "value",
    "value_hi",
    "period_start",
    "period_end",
    "baseline_week",
    "baseline_value",
  ],
  *lines(company) {
    const { calendar } = company;
    const year = calendar.date(calendar.endDay - 1).slice(0, 4);
    const period = `${year}-01-01,${year}-12-31`;
    const mrr = mrrOfAll(company);
    yield `t-mrr,mrr,{},level_by_date,${money(Math.round(mrr * 1.04))},,${period},,\n`;
    yield `t-revenue,ytd_revenue,{},cumulative_by_date,${money(Math.round(mrr * 11.5))},,${period},,\n`;
    yield `t-adoption,adoption_rate,{},at_least,0.45,,${period},,\n`;
    yield `t-retention,retention_rate,{},at_least,0.78,,${period},,\n`;
    yield `t-csat,customer_satisfaction_score,{},at_least,0.78,,${period},,\n`;
    yield `t-errors,error_rate,{},at_most,0.005,,${period},,\n`;
    yield `t-p99,latency_p99,{},at_most,800,,${period},,\n`;
    yield `t-capacity,resource_utilization,{},band,0.4,0.75,${period},,\n`;
  },
};

function mrrOfAll({ accounts, calendar }: Company): number {
  let cents = 0;
  for (const account of accounts) if (!account.isInternal) cents += mrrAt(account, calendar.end);
  return cents;
}

const quarterWeeks = 13;

export const metricObservationsTable: TableOfCompany = {
  name: "metric_observations",
  columns: [
    "metric_id",
    "week_start",
    "dims",
    "numerator",
    "denominator",
    "value",
    "n",
    "source",
    "reported_by",
    "reported_at",
  ],
  *lines({ calendar, options }) {
    const dice = new Dice(options.seed, "success", 0);
    for (let week = quarterWeeks - 1; week < calendar.weeks; week += quarterWeeks) {
      const monday = calendar.date(week * 7);
      const at = calendar.instant((week * 7 + 4) * 86_400 + 15 * 3600);
      const by = `study,ana,${at}\n`;
      yield `price_sensitivity_score,${monday},{},,,${dice.int(34, 48)},${dice.int(80, 140)},${by}`;
      for (const tier of ["starter", "pro"]) {
        const dims = `"{""tier"":""${tier}""}"`;
        yield `price_sensitivity_score,${monday},${dims},,,${dice.int(30, 54)},${dice.int(20, 60)},${by}`;
      }
    }
  },
};

/** Every other table is complete up to the Monday after the newest week. */
export function watermarksOf(tables: readonly TableOfCompany[]): TableOfCompany {
  return {
    name: "source_watermarks",
    columns: ["source_table", "complete_through"],
    lines: ({ calendar }) => tables.map((t) => `${t.name},${calendar.instant(calendar.end)}\n`),
  };
}
