/** What a metric that adds up over days has come to, by week and segment. */
import type { Sql } from "../../db/index.ts";
import type { WeekStart } from "../answer.ts";
import type { Metric, MetricSettings } from "../catalogue/index.ts";
import { figuresOf } from "../query/measured.ts";
import { runSpan } from "../query/run-span.ts";
import type { ReadSeries, SeriesQuestion } from "../series-question.ts";
import { addWeeks, weekOf, weeksFrom } from "../week.ts";

export interface Sums {
  sql: Sql;
  settings: MetricSettings;
  /** Of one-week windows; whose num adds up over weeks, too. */
  question: Pick<SeriesQuestion, "metric" | "filters" | "by" | "exact" | "firstTold">;
  read: ReadSeries;
}

export type BySegment = ReadonlyMap<string | null, number>;

/** Of each week alone. Weeks may have gaps. */
export async function weeklySums(
  { sql, settings, question, read }: Sums,
  weeks: readonly WeekStart[],
): Promise<Map<WeekStart, BySegment>> {
  const found = new Map<WeekStart, Map<string | null, number>>();
  for (const run of consecutive(weeks)) {
    const measured = await read(sql, settings, { ...question, weeks: run, width: 1 });
    for (const entry of measured) {
      const segments = found.get(entry.week) ?? new Map<string | null, number>();
      segments.set(entry.segment, figuresOf(question.metric, entry).num ?? 0);
      found.set(entry.week, segments);
    }
  }
  return found;
}

/** From the first day of a period, which may lie within a week, to the end of each week. */
export async function sumsSince(
  sums: Sums,
  periodStart: string,
  weeks: readonly WeekStart[],
): Promise<Map<WeekStart, BySegment>> {
  const last = weeks.at(-1);
  if (last === undefined) return new Map();
  const { sql, settings, question } = sums;
  const own = weekOf(Temporal.PlainDate.from(periodStart), settings.weekStarts);
  const whole = own === periodStart ? own : addWeeks(own, 1);
  const part = await runSpan(sql, settings, { ...question, from: periodStart, to: whole });
  const weekly = await weeklySums(sums, weeksFrom(whole, last));
  const running = new Map(part);
  const found = new Map<WeekStart, BySegment>();
  for (const week of weeksFrom(own, last)) {
    for (const [segment, num] of weekly.get(week) ?? [])
      running.set(segment, (running.get(segment) ?? 0) + num);
    found.set(week, new Map(running));
  }
  return found;
}

/**
 * Of the days from one date to another, both included, without `by`. Whole weeks are the sum of the
 * weeks: what is netted week by week would be netted once more over a longer span. A broken week at
 * an edge counts with its days where they add up, else wholly where its last day is among them.
 */
export async function sumOfDays(sums: Sums, from: string, last: string): Promise<number> {
  const { sql, settings, question } = sums;
  const to = Temporal.PlainDate.from(last).add({ days: 1 });
  const own = weekOf(Temporal.PlainDate.from(from), settings.weekStarts);
  const end = weekOf(to, settings.weekStarts);
  const span = async (a: string, b: string) =>
    (await runSpan(sql, settings, { ...question, from: a, to: b })).get(null) ?? 0;
  const byDays = daysAddUp(question.metric);
  if (question.metric.aggregation === "year_to_date" || (byDays && end <= own && own !== from))
    return span(from, to.toString());
  const whole = own === from || !byDays ? own : addWeeks(own, 1);
  let sum = byDays ? (await span(from, whole)) + (await span(end, to.toString())) : 0;
  for (const week of (await weeklySums(sums, weeksFrom(whole, addWeeks(end, -1)))).values())
    sum += week.get(null) ?? 0;
  return sum;
}

/** Not of what compares the state at a window's two ends. */
function daysAddUp({ tier, week_by_week }: Metric): boolean {
  return !week_by_week && tier !== "week_end" && tier !== "window_start";
}

function consecutive(weeks: readonly WeekStart[]): WeekStart[][] {
  const runs: WeekStart[][] = [];
  for (const week of [...new Set(weeks)].sort()) {
    const run = runs.at(-1);
    if (run && addWeeks(run.at(-1) ?? "", 1) === week) run.push(week);
    else runs.push([week]);
  }
  return runs;
}
