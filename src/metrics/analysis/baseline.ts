import type { History } from "./history.ts";
import { fitLine, type Line } from "./line.ts";
import { pool, type Sample } from "./observation.ts";
import { chooseScale, type Scale, toScale, weightOf } from "./scale.ts";

export interface BaselineWeek {
  week: number;
  observed: Sample;
  /** As observed, or the limit that it crossed where it was clipped. */
  counted: Sample;
}

/** The weeks that a week is compared with, oldest first. */
export type Baseline = readonly BaselineWeek[];

/** A baseline on a scale, with its line. */
export interface Fit {
  scale: Scale;
  line: Line;
  /** All its units together. */
  pooled: Sample;
}

const REACH = 52;
const LENGTH = 26;

/**
 * Of the 52 weeks before week `before`, the latest 26 that are not none, not before the reset and
 * not left out; null if fewer than `least` (kind value: of weeks that are not 0).
 */
export function baselineBefore(history: History, before: number, least: number): Baseline | null {
  const { samples, clipped, leftOut, reset, series } = history;
  const weeks: BaselineWeek[] = [];
  let telling = 0;
  const earliest = Math.max(reset, before - REACH, 0);
  for (let week = before - 1; week >= earliest && weeks.length < LENGTH; week--) {
    const observed = samples[week];
    if (!observed || leftOut.has(week)) continue;
    if (series.kind !== "value" || observed.sum !== 0) telling++;
    weeks.push({ week, observed, counted: clipped.get(week) ?? observed });
  }
  return telling < least ? null : weeks.reverse();
}

/** The line through a baseline, on the scale that fits it and the samples tested against it. */
export function fitBaseline(history: History, baseline: Baseline, tested: readonly Sample[]): Fit {
  const inUse = [...tested];
  for (const { observed, counted } of baseline) inUse.push(observed, counted);
  const scale = chooseScale(history.series.kind, inUse);
  const points = baseline.map(({ week, counted }) => ({
    week,
    y: toScale(scale, counted),
    w: weightOf(scale, counted),
  }));
  return { scale, line: fitLine(points), pooled: pool(baseline.map((w) => w.counted)) };
}
