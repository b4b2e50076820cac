import { baselineBefore, type Fit, fitBaseline } from "./baseline.ts";
import { isBigEnough } from "./big-enough.ts";
import type { History } from "./history.ts";
import { heightAt } from "./line.ts";
import type { Sample } from "./observation.ts";
import { back, toScale, weightOf } from "./scale.ts";
import { believedSpread, spreadInUse, studentOf } from "./spread.ts";
import { twoSidedP } from "./tails.ts";

/** The eight latest weeks against the line before them (METRICS.md 4.2 B, verdict 5). */
export interface RunOfEight {
  first: number;
  fit: Fit;
  /** Weighted mean deviation from the line, on the scale. */
  d: number;
  p: number;
  /** All eight on one side. */
  oneSided: boolean;
  /** None of the eight is left out of baselines. */
  allCounted: boolean;
  bigEnough: boolean;
}

const EIGHT = 8;
const LEAST_WEEKS = 20;
/** Eight weeks picked for lying together carry over more than their baseline shows. */
const EXTRA_CARRY = 0.3;
const MAX_CARRY = 0.95;

/** Null where one of the eight is none or too few weeks lie before them. */
export function runOfEight(history: History, week: number): RunOfEight | null {
  const first = week - EIGHT + 1;
  const eight = observedFrom(history, first, week);
  const baseline = eight && baselineBefore(history, first, LEAST_WEEKS);
  if (!eight || !baseline) return null;
  const fit = fitBaseline(history, baseline, eight);
  const mean = meanDeviation(fit, eight, first);
  const height = heightAt(fit.line, mean.t8);
  const p = twoSidedP(mean.d / runError(history, fit, mean, height), studentOf(fit.line.N));
  const n = history.samples[week]?.n ?? 1;
  const shifted = back(fit.scale, height + mean.d, n);
  return {
    first,
    fit,
    d: mean.d,
    p,
    oneSided: mean.oneSided,
    allCounted: eight.every((_, after) => !history.leftOut.has(first + after)),
    bigEnough: isBigEnough(history.series, fit.scale, shifted, back(fit.scale, height, n)),
  };
}

function observedFrom(history: History, first: number, last: number): Sample[] | null {
  if (first < 0) return null;
  const samples: Sample[] = [];
  for (let week = first; week <= last; week++) {
    const sample = history.samples[week];
    if (!sample) return null;
    samples.push(sample);
  }
  return samples;
}

interface MeanDeviation {
  d: number;
  /** Sum of the eight weights. */
  S8: number;
  /** Their weighted mean week. */
  t8: number;
  oneSided: boolean;
}

function meanDeviation(fit: Fit, eight: readonly Sample[], first: number): MeanDeviation {
  let S8 = 0;
  let weeks = 0;
  let deviations = 0;
  let above = 0;
  let below = 0;
  eight.forEach((sample, after) => {
    const w = weightOf(fit.scale, sample);
    const deviation = toScale(fit.scale, sample) - heightAt(fit.line, first + after);
    S8 += w;
    weeks += w * after;
    deviations += w * deviation;
    if (deviation > 0) above++;
    if (deviation < 0) below++;
  });
  const oneSided = above === eight.length || below === eight.length;
  return { d: deviations / S8, S8, t8: first + weeks / S8, oneSided };
}

function runError(history: History, fit: Fit, { S8, t8 }: MeanDeviation, height: number): number {
  const { S, tm, Sxx, k, s, r } = fit.line;
  const carry = Math.min(MAX_CARRY, r + EXTRA_CARRY);
  const inflated = ((1 / S8 + 1 / S) * (1 + carry)) / (1 - carry);
  const spread = spreadInUse(s, believedSpread(history.series.kind, fit, height), height);
  return spread * Math.sqrt(inflated + (k * (t8 - tm) ** 2) / Sxx);
}
