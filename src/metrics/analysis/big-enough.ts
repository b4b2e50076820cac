import type { VerdictSeries } from "./history.ts";
import type { Scale } from "./scale.ts";

const DEFAULT_SHARE = 0.01;

/** Whether a departure is worth telling. Source: METRICS.md 4.2 B, *Big enough*. */
export function isBigEnough(
  series: VerdictSeries,
  scale: Scale,
  value: number,
  expected: number,
): boolean {
  return Math.abs(value - expected) >= (series.minEffect ?? defaultEffect(series, scale, expected));
}

function defaultEffect(series: VerdictSeries, scale: Scale, expected: number): number {
  if (scale === "score" || scale === "signed") return 0;
  const fraction = series.fraction || series.kind === "prop";
  // Of an uptime of 99.9% it is the 0.1% that matters.
  const yardstick = fraction
    ? Math.min(Math.abs(expected), Math.abs(1 - expected))
    : Math.abs(expected);
  return DEFAULT_SHARE * yardstick;
}
