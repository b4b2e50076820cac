import type { MetricQuery } from "../answer.ts";
import type { Metric } from "../catalogue/index.ts";
import { hasPeriods } from "../part-window.ts";
import type { QueryFault } from "../query-fault.ts";
import { filtersOf, parseTenure, TENURE } from "../tenure.ts";

/** What is wrong with the dimensions of a question; null: nothing. Values are looked up by commands. */
export function checkQuery(metric: Metric, query: MetricQuery): QueryFault | null {
  const { filters, by, grain } = query;
  const allowed = filtersOf(metric);
  const filter = Object.keys(filters).find((name) => !allowed.includes(name));
  const stranger = filter ?? (by !== null && !metric.dimensions.includes(by) ? by : undefined);
  if (stranger !== undefined)
    return {
      kind: "unknown_dimension",
      metric: metric.id,
      word: stranger,
      allowed: metric.dimensions,
    };
  const range = (filters[TENURE] ?? []).find((value) => parseTenure(value) === null);
  if (range !== undefined) return { kind: "bad_tenure", word: range };
  const what = grain === undefined ? null : notByPeriods(metric, query);
  return what && { kind: "only_by_weeks", metric: metric.id, name: metric.name, what };
}

/** What of a question there is in weeks alone. Null: all of it may be asked of months and quarters. */
function notByPeriods(
  metric: Metric,
  { windowWeeks, cohort, versus }: MetricQuery,
): Extract<QueryFault, { kind: "only_by_weeks" }>["what"] | null {
  if (windowWeeks !== null) return "window";
  if (cohort !== null) return "cohort";
  if (versus === "target") return "target";
  return isOfWeeks(metric) ? "metric" : null;
}

/** Growth a week, and what is held against weeks that are none of a month's. */
function isOfWeeks(metric: Metric): boolean {
  if (metric.growth !== undefined) return true;
  return metric.parts.some((part) => !hasPeriods(part) || isOfWeeks(part.metric));
}
