/** Which week a question is about, and whether that week is final (METRICS.md 1.6). */
import type { Sql } from "../db/index.ts";
import { failed, ok, type Result } from "../result.ts";
import type { AnswerStatus, QueryFault, WeekStart } from "./answer.ts";
import type { Metric, MetricSettings } from "./catalogue/index.ts";
import { firstDataWeek } from "./read-series.ts";
import { asOf, missingSources, readWatermarks } from "./watermark.ts";
import { addWeeks, latestFinalWeek } from "./week.ts";

export interface PlaceInTime {
  week: WeekStart;
  status: AnswerStatus;
  asOf: Temporal.Instant;
  /** The first week with data. */
  first: WeekStart;
  /** The latest final week, before or after the one asked about. */
  final: WeekStart;
}

/** Faults: week_out_of_range, no_data. `sql` is that of `inSnapshot`. */
export async function placeInTime(
  sql: Sql,
  settings: MetricSettings,
  metric: Metric,
  asked: WeekStart | null,
  exact: boolean,
): Promise<Result<PlaceInTime, QueryFault>> {
  const relation = exact ? "exact" : "facts";
  const watermarks = await readWatermarks(sql, relation);
  const [mark, first] = [asOf(metric, watermarks), await firstDataWeek(sql, settings, relation)];
  if (mark === null || first === null) {
    const missing = missingSources(metric, watermarks);
    return failed({
      kind: "no_data",
      metric: metric.id,
      sources: missing.length > 0 ? missing : metric.reads,
    });
  }
  const final = latestFinalWeek(mark, settings.timeZone, settings.weekStarts);
  const week = asked ?? final;
  // The week after the latest final one is the open one; there is nothing later.
  if (week < first || week > addWeeks(final, 1))
    return failed({ kind: "week_out_of_range", week, first, last: final });
  return ok({ week, status: week > final ? "open" : "final", asOf: mark, first, final });
}
