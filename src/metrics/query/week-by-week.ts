/**
 * Wider windows of what is right for single weeks only, such as what recurring revenue gained by
 * expansion: over four weeks at once the gain of one would be netted with the loss of another.
 */
import type { Sql } from "../../db/index.ts";
import { endOf } from "../../periods.ts";
import type { WeekStart } from "../answer.ts";
import type { MetricSettings } from "../catalogue/index.ts";
import { addWeeks, weekOf, weeksFrom } from "../week.ts";
import { type Binder, newBinder } from "./binder.ts";
import { type Measured, measuredRow } from "./measured.ts";
import { metricRows } from "./metric-rows.ts";
import { unitQuerySql } from "./unit-query.ts";
import { weekSql, windowOf } from "./window.ts";
import type { WindowsQuestion } from "./windows-question.ts";

type Asked = Pick<WindowsQuestion, "metric" | "width" | "grain">;

/**
 * Whether a window is told by its weeks. Sums are netted over a month at once: it has no whole weeks,
 * and what customers paid at its beginning and what it gained and lost then add up to what they pay at
 * its end. A ratio is of a typical week, in a month too.
 */
export function isWeekByWeek({ metric, width, grain }: Asked): boolean {
  if (!metric.week_by_week) return false;
  return width > 1 || (grain !== undefined && metric.aggregation === "ratio");
}

export interface WeekSpan {
  week: WeekStart;
  /** The first and the last of its weeks. */
  since: WeekStart;
  until: WeekStart;
}

/** Of each window its weeks; of a month those whose last day lies in it. */
export function weekSpans(
  { weekStarts }: MetricSettings,
  { weeks, width, grain }: Pick<WindowsQuestion, "weeks" | "width" | "grain">,
): WeekSpan[] {
  return weeks.map((week) => {
    const until = addWeeks(weekOf(Temporal.PlainDate.from(endOf(week, grain)), weekStarts), -1);
    const isMonth = grain !== undefined && width === 1;
    const since = isMonth
      ? weekOf(Temporal.PlainDate.from(week), weekStarts)
      : addWeeks(until, 1 - width);
    return { week, since, until };
  });
}

/** The weeks of all spans, each once, ascending. */
export function weeksWithin(spans: readonly WeekSpan[]): WeekStart[] {
  return [...new Set(spans.flatMap(({ since, until }) => weeksFrom(since, until)))].sort();
}

/** SQL of the spans as rows `w(week, since, until)`. */
export function spansSql(spans: readonly WeekSpan[], binder: Binder): string {
  const dates = (of: (span: WeekSpan) => WeekStart): string => binder.bind(spans.map(of), "date[]");
  const columns = [
    dates(({ week }) => week),
    dates(({ since }) => since),
    dates(({ until }) => until),
  ];
  return `unnest(${columns.join(", ")}) AS w(week, since, until)`;
}

/** Each week alone, added up; `sql` is that of `inSnapshot`. */
export async function runWeekByWeek(
  sql: Sql,
  settings: MetricSettings,
  question: WindowsQuestion,
): Promise<Measured[]> {
  const { metric, filters, by } = question;
  const spans = weekSpans(settings, question);
  const all = weeksWithin(spans);
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
  return metricRows(
    sql,
    metric,
    measuredRow,
    `WITH unit AS (
       SELECT ${weekSql(all, 1)} AS week, ${by ? `q."${by}"` : "NULL::text"} AS segment, q.num, q.den, q.n
       FROM (${units}) q)
     SELECT w.week::text AS week, x.segment, sum(x.num)::text AS num, sum(x.den)::text AS den,
            sum(x.n)::bigint AS n, NULL::bigint[] AS hist
     FROM ${spansSql(spans, binder)} JOIN unit x ON x.week BETWEEN w.since AND w.until
     GROUP BY w.week, x.segment`,
    binder.values,
  );
}
