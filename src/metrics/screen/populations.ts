/** Whose accounts a metric's numbers are made of. */
import type { Metric } from "../catalogue/index.ts";

export interface Population {
  metric: Metric;
  /** Weeks of the window. */
  width: number;
  weeksAgo: number;
}

/** Of a derived metric those of its parts, each in its own window; none of a platform metric. */
export function populationsOf(metric: Metric, width: number, weeksAgo = 0): Population[] {
  if (metric.aggregation === "derived")
    return metric.parts.flatMap((part) =>
      populationsOf(
        part.metric,
        // Growth adds single weeks up, whatever the window of what grows.
        metric.growth === undefined ? part.window : 1,
        weeksAgo + part.weeksAgo,
      ),
    );
  return metric.tier === "none" ? [] : [{ metric, width, weeksAgo }];
}
