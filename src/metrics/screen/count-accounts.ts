/** Counts the accounts that stand behind the windows of a metric. */
import { z } from "zod";
import type { Sql } from "../../db/index.ts";
import { type Grain, periodsFrom } from "../../periods.ts";
import type { WeekStart } from "../answer.ts";
import type { Metric, MetricSettings } from "../catalogue/index.ts";
import { newBinder } from "../query/binder.ts";
import { fiscalYearOf } from "../query/fiscal-year.ts";
import { metricRows } from "../query/metric-rows.ts";
import { unitQuerySql } from "../query/unit-query.ts";
import { isWeekByWeek, spansSql, weekSpans, weeksWithin } from "../query/week-by-week.ts";
import { weekSql, windowOf } from "../query/window.ts";
import type { AccountTable } from "./discretion.ts";

export interface Counted {
  metric: Metric;
  weeks: readonly WeekStart[];
  /** Of each window, as a question says it. */
  width: number;
  /** Months or quarters, which `weeks` are the first days of; absent: weeks. */
  grain?: Grain | undefined;
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
  const accounts = countedBy(counted)(settings, counted, binder);
  const rows = await metricRows(
    sql,
    counted.metric,
    row,
    `SELECT p.week::text AS week, p.labels, count(*) AS accounts FROM (${accounts}) p GROUP BY 1, 2`,
    binder.values,
  );
  const tables = new Map<WeekStart, AccountTable[number][]>(weeks.map((week) => [week, []]));
  for (const { week, labels: found, accounts: alike } of rows)
    tables.get(week)?.push({
      accounts: alike,
      labels: found.map((values) =>
        Object.fromEntries(dimensions.map((name, i) => [name, values[i] ?? ""])),
      ),
    });
  return tables;
}

type Bound = ReturnType<typeof newBinder>;

function countedBy(counted: Counted): typeof accountsOfWindows {
  if (counted.metric.aggregation === "year_to_date") return accountsOfYears;
  return isWeekByWeek(counted) ? accountsOfWeeks : accountsOfWindows;
}

/** A row a week and account, with all labels that it stands under there; without dimensions all are alike. */
function accountsOfWindows(settings: MetricSettings, counted: Counted, binder: Bound): string {
  const rows = accountRows(settings, counted, counted.weeks, counted.width, binder);
  if (counted.dimensions.length === 0)
    return `SELECT q.week, jsonb_build_array(q.labels) AS labels FROM (${rows}) q`;
  return `SELECT q.week, jsonb_agg(q.labels) AS labels FROM (${rows}) q GROUP BY q.week, q.account_id`;
}

/** The same of what adds up week by week: over the window at once, its weeks could come to nought. */
function accountsOfWeeks(settings: MetricSettings, counted: Counted, binder: Bound): string {
  const spans = weekSpans(settings, counted);
  const single = { ...counted, grain: undefined };
  const within = accountRows(settings, single, weeksWithin(spans), 1, binder);
  return `SELECT w.week, jsonb_agg(DISTINCT q.labels) AS labels
       FROM ${spansSql(spans, binder)} JOIN (${within}) q ON q.week BETWEEN w.since AND w.until
       GROUP BY w.week, q.account_id`;
}

/**
 * The same of what adds up over the year: by the week in which each account first stood under each
 * label, since the years are joined by their beginning, and to compare each row with each week takes minutes.
 */
function accountsOfYears(settings: MetricSettings, counted: Counted, binder: Bound): string {
  const { weeks } = counted;
  const sinceOf = (week: WeekStart): WeekStart =>
    fiscalYearOf(week, settings, counted.grain).firstWeek;
  const inYears = (of: readonly WeekStart[]): string =>
    `unnest(${binder.bind(of, "date[]")}, ${binder.bind(of.map(sinceOf), "date[]")})`;
  const read = periodsFrom(sinceOf(weeks[0] ?? ""), weeks.at(-1) ?? "", counted.grain);
  return `SELECT w.week, jsonb_agg(f.labels) AS labels FROM ${inYears(weeks)} AS w(week, since)
       JOIN (
         SELECT y.since, q.account_id, q.labels, min(q.week) AS week
         FROM (${accountRows(settings, counted, read, 1, binder)}) q
         JOIN ${inYears(read)} AS y(week, since) ON y.week = q.week
         GROUP BY 1, 2, 3) f ON f.since = w.since AND f.week <= w.week
       GROUP BY w.week, f.account_id`;
}

/** Whether the sums of an account are more than nought, given their columns. */
export function holdsSql(num: string, den: string): string {
  return `(${num} <> 0 OR coalesce(${den}, 0) <> 0)`;
}

/** A row a week, account and labels. */
function accountRows(
  settings: MetricSettings,
  { metric, dimensions, grain }: Counted,
  weeks: readonly WeekStart[],
  width: number,
  binder: Bound,
): string {
  const units = unitQuerySql(
    {
      metric,
      settings,
      windows: weeks.map((week) => windowOf(metric, settings, week, width, grain)),
      filters: {},
      group: dimensions,
      detail: "accounts",
    },
    binder,
  );
  const holds =
    metric.aggregation === "hist" || metric.values !== undefined
      ? "true"
      : holdsSql("q.num", "q.den");
  const labels = `jsonb_build_array(${dimensions.map((name) => `q."${name}"`).join(", ")})`;
  return `SELECT ${weekSql(weeks, width, grain)} AS week, q.account_id, ${labels} AS labels
       FROM (${units}) q WHERE ${holds}`;
}
