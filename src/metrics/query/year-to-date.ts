/**
 * What adds up over the fiscal year. Its weeks (or months) are computed one by one: an account counts in the
 * first week of the year in which it is there, so that the weeks up to any one add up to distinct
 * accounts, too.
 */
import type { Sql } from "../../db/index.ts";
import { periodsFrom } from "../../periods.ts";
import type { MetricSettings } from "../catalogue/index.ts";
import { newBinder } from "./binder.ts";
import { fiscalYearOf } from "./fiscal-year.ts";
import { type Measured, measuredRow } from "./measured.ts";
import { metricRows } from "./metric-rows.ts";
import { unitQuerySql } from "./unit-query.ts";
import { weekSql, windowOf } from "./window.ts";
import type { WindowsQuestion } from "./windows-question.ts";

/** Whether a row, one a week and account, is the account's first of the year. `keys` part the rows. */
function freshSql(keys: readonly string[]): string {
  return `week = min(week) OVER (PARTITION BY ${["year", ...keys, "account_id"].join(", ")})`;
}

/** The sums from the beginning of the year to each week; `sql` is that of `inSnapshot`. */
export async function runYearToDate(
  sql: Sql,
  settings: MetricSettings,
  { metric, weeks, filters, by, grain }: WindowsQuestion,
): Promise<Measured[]> {
  const yearOf = (week: string): string => fiscalYearOf(week, settings, grain).firstWeek;
  const all = periodsFrom(yearOf(weeks[0] ?? ""), weeks.at(-1) ?? "", grain);
  const counted = metric.n === "accounts";
  const binder = newBinder();
  const units = unitQuerySql(
    {
      metric,
      settings,
      windows: all.map((week) => windowOf(metric, settings, week, 1, grain)),
      filters,
      group: by ? [by] : [],
      detail: counted ? "accounts" : "sums",
    },
    binder,
  );
  const years = (of: readonly string[]): string =>
    `unnest(${binder.bind(of, "date[]")}, ${binder.bind(of.map(yearOf), "date[]")})`;
  return metricRows(
    sql,
    metric,
    measuredRow,
    `WITH unit AS (
       SELECT y.year, y.week, ${by ? `q."${by}"` : "NULL::text"} AS segment, q.num, q.den, ${counted ? "q.account_id" : "q.n"}
       FROM (${units}) q JOIN ${years(all)} AS y(week, year) ON y.week = ${weekSql(all, 1, grain)}),
     added AS (SELECT year, week, segment, num, den, ${counted ? `(${freshSql(["segment"])})::int` : "n"} AS n FROM unit)
     SELECT w.week::text AS week, x.segment, sum(x.num)::text AS num, sum(x.den)::text AS den,
            sum(x.n)::bigint AS n, NULL::bigint[] AS hist
     FROM ${years(weeks)} AS w(week, year) JOIN added x ON x.year = w.year AND x.week <= w.week
     GROUP BY w.week, x.segment`,
    binder.values,
  );
}
