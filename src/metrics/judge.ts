/** Verdicts of a question: stored for an unfiltered metric, walked on the spot for a filtered one. */
import type { Sql } from "../db/index.ts";
import { walkVerdicts } from "./analysis/index.ts";
import type { Filters, Verdict, WeekStart } from "./answer.ts";
import type { Metric, MetricSettings } from "./catalogue/index.ts";
import { firstDataWeek, firstObservedWeek } from "./first-data-week.ts";
import { observe, WALKED_WEEKS } from "./observe.ts";
import type { Relation } from "./query/run-windows.ts";
import { readSeries } from "./read-series.ts";
import { readVerdicts, tellable } from "./verdict-store.ts";
import { addWeeks, weeksFrom } from "./week.ts";

/**
 * The verdicts of the weeks up to `last`, by week. An unfiltered metric has one verdict whoever
 * asks, that of its family; a filtered question is a family of one, which opens no signal.
 * `last` is final: an open week is judged by nobody. `sql` is that of `inSnapshot`.
 */
export async function judge(
  sql: Sql,
  settings: MetricSettings,
  metric: Metric,
  filters: Filters,
  last: WeekStart,
  exact: boolean,
): Promise<Map<WeekStart, Verdict>> {
  const relation = exact ? "exact" : "facts";
  const first = await firstWalkedWeek(sql, settings, [metric], last, relation);
  if (first === null) return new Map();
  if (Object.keys(filters).length === 0) return readVerdicts(sql, metric, first, last);
  const weeks = weeksFrom(first, last);
  const series = observe(
    metric,
    await readSeries(sql, settings, { metric, weeks, width: 1, filters, by: null, exact }),
    await firstObservedWeek(sql, settings, metric, relation),
  );
  const verdicts = series === null ? [] : (walkVerdicts([series])[0] ?? []);
  return new Map(
    verdicts.map((verdict, i) => [addWeeks(first, i), tellable(metric.test, verdict, first)]),
  );
}

/** Where the walk of `metrics` to `last` begins; null while nothing is loaded. */
export async function firstWalkedWeek(
  sql: Sql,
  settings: MetricSettings,
  metrics: readonly Metric[],
  last: WeekStart,
  relation: Relation = "facts",
): Promise<WeekStart | null> {
  const begins: WeekStart[] = [];
  for (const metric of metrics) {
    const begin = await firstDataWeek(sql, settings, metric, relation);
    if (begin !== null) begins.push(begin);
  }
  const [begin] = begins.sort();
  const earliest = addWeeks(last, 1 - WALKED_WEEKS);
  if (begin === undefined || begin > last) return null;
  return begin > earliest ? begin : earliest;
}
