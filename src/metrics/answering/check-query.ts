import type { MetricQuery, QueryFault } from "../answer.ts";
import type { Metric } from "../catalogue/index.ts";
import { filtersOf, parseTenure, TENURE } from "../tenure.ts";

/** What is wrong with the dimensions of a question; null: nothing. Values are looked up by commands. */
export function checkQuery(metric: Metric, { filters, by }: MetricQuery): QueryFault | null {
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
  return range === undefined ? null : { kind: "bad_tenure", word: range };
}
