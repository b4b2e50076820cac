/** Whose accounts a metric's numbers are made of. */

import type { Grain } from "../../periods.ts";
import type { Metric } from "../catalogue/index.ts";
import { partWindow } from "../part-window.ts";

export interface Population {
  metric: Metric;
  /** Of the window, as a question says it. */
  width: number;
  /** How many weeks, or periods of the grain, before the one asked about. */
  ago: number;
}

/** Of a derived metric those of its parts, each in its own window; none of a platform metric. */
export function populationsOf(metric: Metric, width: number, grain?: Grain, ago = 0): Population[] {
  if (metric.aggregation === "derived")
    return metric.parts.flatMap((part) => {
      const own = partWindow(part, grain);
      // Growth adds single weeks up, whatever the window of what grows.
      const wide = metric.growth === undefined ? own.width : 1;
      return populationsOf(part.metric, wide, grain, ago + own.ago);
    });
  return metric.tier === "none" ? [] : [{ metric, width, ago }];
}
