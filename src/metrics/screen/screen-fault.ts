/** Questions about a sensitive metric that no count of accounts makes safe. */
import type { MetricQuery } from "../answer.ts";
import type { Metric } from "../catalogue/index.ts";
import type { QueryFault } from "../query-fault.ts";
import { TENURE } from "../tenure.ts";

/**
 * A tenure picks single accounts by the day of their sign-up; an overlapping dimension has no rest
 * that it could be held against; growth spans weeks that only the answer knows. Null: may be counted.
 */
export function screenFault(
  metric: Metric,
  { filters, by }: Pick<MetricQuery, "filters" | "by">,
): QueryFault | null {
  const asked = [...Object.keys(filters), ...(by === null ? [] : [by])];
  const isUnsafe = (name: string): boolean =>
    name === TENURE || metric.growth !== undefined || overlaps(metric, name);
  const dimension = asked.find(isUnsafe);
  return dimension === undefined
    ? null
    : { kind: "not_cut_in_chat", metric: metric.id, name: metric.name, dimension };
}

function overlaps(metric: Metric, name: string): boolean {
  return (
    metric.overlapping.includes(name) || metric.parts.some((part) => overlaps(part.metric, name))
  );
}
