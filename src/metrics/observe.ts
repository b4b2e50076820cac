/** A metric's weekly sums as what the verdict's walk observes (METRICS.md 4.2 B). */
import type { Observation, VerdictSeries } from "./analysis/index.ts";
import type { WeekStart } from "./answer.ts";
import type { Metric } from "./catalogue/index.ts";
import { answersOf, figuresOf, type Measured } from "./query/measured.ts";

/** Verdicts walk at most this many weeks back. */
export const WALKED_WEEKS = 260;

/**
 * Null for a metric that is never tested. `weekly` has one entry a calendar week, of one-week windows;
 * those before `first` are none to learn from.
 */
export function observe(
  metric: Metric,
  weekly: readonly Measured[],
  first: WeekStart | null,
): VerdictSeries | null {
  if (metric.test === null) return null;
  const kind = metric.test;
  return {
    kind,
    nMin: metric.n_min,
    minEffect: metric.min_effect,
    fraction: metric.unit === "percent",
    resets: [],
    observations: weekly.map((measured) =>
      first === null || measured.week < first ? null : observation(metric, kind, measured),
    ),
  };
}

function observation(metric: Metric, kind: VerdictSeries["kind"], measured: Measured): Observation {
  const { value, n } = figuresOf(metric, measured);
  if (value === null) return null;
  switch (kind) {
    case "prop":
      return n === null || n === 0 ? null : { x: Math.round(value * n), n };
    case "value":
      return n !== null && n < metric.n_min ? null : value;
    case "flow":
    case "stock":
      return value;
    case "nps":
      return answersOf(metric, measured);
  }
}
