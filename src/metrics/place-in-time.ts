/** Which week, month or quarter a question is about, and whether that is final (METRICS.md 1.6). */
import type { Sql } from "../db/index.ts";
import { addPeriods, type Grain, latestFinal, periodOf } from "../periods.ts";
import { failed, ok, type Result } from "../result.ts";
import type { AnswerStatus, MetricQuery, WeekStart } from "./answer.ts";
import type { Metric, MetricSettings } from "./catalogue/index.ts";
import { firstDataDay } from "./first-data-week.ts";
import type { QueryFault } from "./query-fault.ts";
import { asOf, missingRows, missingSources, readWatermarks } from "./watermark.ts";
import { addWeeks } from "./week.ts";

export interface PlaceInTime {
  week: WeekStart;
  status: AnswerStatus;
  asOf: Temporal.Instant;
  /** The first week, month or quarter with data. */
  first: WeekStart;
  /** The day that the data begin with: within the first one, as a rule. */
  begins: string;
  /** The latest final one, before or after the one asked about. */
  final: WeekStart;
}

/** Faults: week_out_of_range, no_cohort, no_data. `sql` is that of `inSnapshot`. */
export async function placeInTime(
  sql: Sql,
  settings: MetricSettings,
  metric: Metric,
  query: Pick<MetricQuery, "week" | "cohort" | "grain">,
  exact: boolean,
): Promise<Result<PlaceInTime, QueryFault>> {
  if (query.cohort !== null && metric.lag === 0)
    return failed({ kind: "no_cohort", metric: metric.id });
  const relation = exact ? "exact" : "facts";
  const watermarks = await readWatermarks(sql, relation, metric.needs);
  const mark = asOf(metric, watermarks);
  const begins = await firstDataDay(sql, metric, relation);
  if (mark === null || begins === null) {
    const missing = missingSources(metric, watermarks);
    const needs = missingRows(metric, watermarks);
    return failed({
      kind: "no_data",
      metric: metric.id,
      sources: missing.length > 0 || needs.length > 0 ? missing : metric.reads,
      needs,
    });
  }
  const final = latestFinal(mark, settings, query.grain);
  const first = periodOf(Temporal.PlainDate.from(begins), settings.weekStarts, query.grain);
  const known = { asOf: mark, first, begins, final };
  return query.cohort === null
    ? placeOfPeriod(query.week ?? final, known, query.grain)
    : placeOfCohort(metric, query.cohort, known);
}

type Known = Omit<PlaceInTime, "week" | "status">;

/** The one after the latest final one is the open one; there is nothing later. */
function placeOfPeriod(
  week: WeekStart,
  known: Known,
  grain: Grain | undefined,
): Result<PlaceInTime, QueryFault> {
  const last = addPeriods(known.final, 1, grain);
  if (week < known.first || week > last)
    return failed({
      kind: "week_out_of_range",
      week,
      first: known.first,
      last: known.final,
      ...(grain && { grain }),
    });
  return ok({ ...known, week, status: week > known.final ? "open" : "final" });
}

/** A cohort's week is over; the week that it is reported in may be to come. */
function placeOfCohort(
  metric: Metric,
  cohort: WeekStart,
  known: Known,
): Result<PlaceInTime, QueryFault> {
  if (cohort < known.first || cohort > known.final)
    return failed({
      kind: "week_out_of_range",
      week: cohort,
      first: known.first,
      last: known.final,
    });
  const week = addWeeks(cohort, metric.lag);
  return ok({ ...known, week, status: week > known.final ? "maturing" : "final" });
}
