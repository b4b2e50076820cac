/** Counts the accounts that stand behind the windows of a metric. */
import { z } from "zod";
import type { Sql } from "../../db/index.ts";
import type { WeekStart } from "../answer.ts";
import type { Metric, MetricSettings } from "../catalogue/index.ts";
import { newBinder } from "../query/binder.ts";
import { fiscalYearOf } from "../query/fiscal-year.ts";
import { unitQuerySql } from "../query/unit-query.ts";
import { weekSql, windowOf } from "../query/window.ts";
import { weeksFrom } from "../week.ts";
import type { AccountTable } from "./discretion.ts";

export interface Counted {
  metric: Metric;
  weeks: readonly WeekStart[];
  /** Weeks of each window. */
  width: number;
  /** By whose labels the accounts are told apart; none of them overlapping. */
  dimensions: readonly string[];
}

const row = z.object({
  week: z.string(),
  labels: z.array(z.array(z.string())),
  accounts: z.coerce.number(),
});

/**
 * For each week the accounts of its window, of all of them and not of a question's filters alone.
 * An account whose rows come to nought is none: it would hide nobody. `sql` is that of `inSnapshot`.
 */
export async function countAccounts(
  sql: Sql,
  settings: MetricSettings,
  counted: Counted,
): Promise<Map<WeekStart, AccountTable>> {
  const { weeks, dimensions } = counted;
  if (weeks.length === 0) return new Map();
  const binder = newBinder();
  const { text, sinceOf } = accountRows(settings, counted, binder);
  const asked = `unnest(${binder.bind(weeks, "date[]")}, ${binder.bind(weeks.map(sinceOf), "date[]")})`;
  // Without dimensions all are alike, and nothing has to be sorted.
  const labels = dimensions.length === 0 ? "'[[]]'::jsonb" : "jsonb_agg(DISTINCT q.labels)";
  const rows = await sql.rows(
    row,
    `SELECT p.week::text AS week, p.labels, count(*) AS accounts FROM (
       SELECT w.week, ${labels} AS labels
       FROM ${asked} AS w(week, since)
       JOIN (${text}) q ON q.week BETWEEN w.since AND w.week
       GROUP BY w.week, q.account_id) p
     GROUP BY 1, 2`,
    binder.values,
  );
  const tables = new Map<WeekStart, AccountTable[number][]>(weeks.map((week) => [week, []]));
  for (const { week, labels: found, accounts } of rows)
    tables.get(week)?.push({
      accounts,
      labels: found.map((values) =>
        Object.fromEntries(dimensions.map((name, i) => [name, values[i] ?? ""])),
      ),
    });
  return tables;
}

/** Rows of week, account_id and labels; what adds up over the year gives its weeks one by one. */
function accountRows(
  settings: MetricSettings,
  { metric, weeks, width, dimensions }: Counted,
  binder: ReturnType<typeof newBinder>,
): { text: string; sinceOf: (week: WeekStart) => WeekStart } {
  const ofYear = metric.aggregation === "year_to_date";
  const sinceOf = (week: WeekStart): WeekStart =>
    ofYear ? fiscalYearOf(week, settings).firstWeek : week;
  const read = ofYear ? weeksFrom(sinceOf(weeks[0] ?? ""), weeks.at(-1) ?? "") : weeks;
  const own = ofYear ? 1 : width;
  const units = unitQuerySql(
    {
      metric,
      settings,
      windows: read.map((week) => windowOf(metric, settings, week, own)),
      filters: {},
      group: dimensions,
      detail: "accounts",
    },
    binder,
  );
  const holds =
    metric.aggregation === "hist" || metric.values !== undefined
      ? "true"
      : "(q.num <> 0 OR coalesce(q.den, 0) <> 0)";
  const labels = `jsonb_build_array(${dimensions.map((name) => `q."${name}"`).join(", ")})`;
  const text = `SELECT ${weekSql(read, own)} AS week, q.account_id, ${labels} AS labels
       FROM (${units}) q WHERE ${holds}`;
  return { text, sinceOf };
}
