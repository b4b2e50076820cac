/**
 * Wider windows of what is right for single weeks only, such as what recurring revenue gained by
 * expansion: over four weeks at once the gain of one would be netted with the loss of another.
 */
import type { Sql } from "../../db/index.ts";
import type { WeekStart } from "../answer.ts";
import type { MetricSettings } from "../catalogue/index.ts";
import { addWeeks, weeksFrom } from "../week.ts";
import { newBinder } from "./binder.ts";
import { type Measured, measuredRow } from "./measured.ts";
import { metricRows } from "./metric-rows.ts";
import { unitQuerySql } from "./unit-query.ts";
import { weekSql, windowOf } from "./window.ts";
import type { WindowsQuestion } from "./windows-question.ts";

/** The weeks of all windows of `width` weeks that end with `weeks`, each once, ascending. */
export function weeksWithin(weeks: readonly WeekStart[], width: number): WeekStart[] {
  return [...new Set(weeks.flatMap((week) => weeksFrom(addWeeks(week, 1 - width), week)))].sort();
}

/** Each week alone, added up; `sql` is that of `inSnapshot`. */
export async function runWeekByWeek(
  sql: Sql,
  settings: MetricSettings,
  { metric, weeks, width, filters, by }: WindowsQuestion,
): Promise<Measured[]> {
  const all = weeksWithin(weeks, width);
  const binder = newBinder();
  const units = unitQuerySql(
    {
      metric,
      settings,
      windows: all.map((week) => windowOf(metric, settings, week, 1)),
      filters,
      group: by ? [by] : [],
      detail: "sums",
    },
    binder,
  );
  const since = weeks.map((week) => addWeeks(week, 1 - width));
  return metricRows(
    sql,
    metric,
    measuredRow,
    `WITH unit AS (
       SELECT ${weekSql(all, 1)} AS week, ${by ? `q."${by}"` : "NULL::text"} AS segment, q.num, q.den, q.n
       FROM (${units}) q)
     SELECT w.week::text AS week, x.segment, sum(x.num)::text AS num, sum(x.den)::text AS den,
            sum(x.n)::bigint AS n, NULL::bigint[] AS hist
     FROM unnest(${binder.bind(weeks, "date[]")}, ${binder.bind(since, "date[]")}) AS w(week, since)
     JOIN unit x ON x.week BETWEEN w.since AND w.week
     GROUP BY w.week, x.segment`,
    binder.values,
  );
}
