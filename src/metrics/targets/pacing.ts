/** Whether a target will be reached, from what has been. Pure. Source: METRICS.md 4.8, *Pacing*. */
import type { Pace, TargetStatus } from "../answer.ts";
import { sumOfGrowth } from "./growth.ts";

const AT_RISK = 0.95;

export interface SumSoFar {
  sofar: number;
  target: number;
  /** Of the whole plan, at the end of the week; null: an even one. */
  planned: number | null;
  /** Elapsed days over days of the period. */
  elapsed: number;
  /** The weeks to come, as shares. */
  shares: readonly number[];
  /** The value of the week, and what it has grown by a week; without growth the mean of four weeks. */
  weekly: number;
  growth: number | null;
  down: boolean;
}

export function paceOfSum(of: SumSoFar): Omit<Pace, "requiredGrowth"> {
  const { sofar, target, shares, weekly, growth, down } = of;
  const expected = of.planned ?? target * of.elapsed;
  const left = shares.reduce((sum, share) => sum + share, 0);
  const projection = sofar + sumOfGrowth(weekly, shares, growth ?? 0);
  return {
    status:
      settled(of) ?? (left > 0 ? track(projection, target, down) : reachedBy(sofar, target, down)),
    actual: sofar,
    expected,
    attainment: ratio(sofar, expected, down),
    projection,
    // What a ceiling leaves; nothing can be taken back from one that is passed.
    requiredPerWeek: left > 0 && !(down && sofar > target) ? (target - sofar) / left : null,
    growth,
  };
}

/** What the weeks to come cannot change: a sum that is reached, and a ceiling that is passed. */
function settled({ sofar, target, down }: SumSoFar): TargetStatus | null {
  if (down) return sofar > target ? "missed" : null;
  return sofar >= target ? "met" : null;
}

export interface LevelSoFar {
  value: number;
  target: number;
  /** Where the path began. */
  start: number;
  /** Weeks of the whole path, and of it so far. */
  weeks: number;
  passed: number;
  /** Money and counts grow by a factor, fractions and scores by steps. */
  byFactor: boolean;
  growth: number | null;
  down: boolean;
}

export function paceOfLevel(of: LevelSoFar): Omit<Pace, "requiredGrowth"> {
  const { value, target, start, weeks, passed, down } = of;
  const part = weeks > 0 ? Math.min(1, Math.max(0, passed / weeks)) : 1;
  const geometric = of.byFactor && start > 0 && target > 0;
  const expected = geometric ? start * (target / start) ** part : start + (target - start) * part;
  const left = weeks - passed;
  return {
    status: left > 0 ? track(value, expected, down) : reachedBy(value, target, down),
    actual: value,
    expected,
    attainment: ratio(value, expected, down),
    projection: null,
    requiredPerWeek: left > 0 && !of.byFactor ? (target - value) / left : null,
    growth: of.growth,
  };
}

/** Which is good when it is 1 or more, whichever way is good; null of what nothing can be a part of. */
function ratio(actual: number, expected: number, down: boolean): number | null {
  const [above, below] = down ? [expected, actual] : [actual, expected];
  return below > 0 ? above / below : null;
}

/** What has got there is on track, also where no ratio says how far. */
function track(actual: number, expected: number, down: boolean): TargetStatus {
  if (isReached(actual, expected, down)) return "on_track";
  const attainment = ratio(actual, expected, down);
  if (attainment === null) return "no_verdict";
  return attainment >= AT_RISK ? "at_risk" : "off_track";
}

function reachedBy(value: number, target: number, down: boolean): TargetStatus {
  return isReached(value, target, down) ? "met" : "missed";
}

function isReached(value: number, target: number, down: boolean): boolean {
  return down ? value <= target : value >= target;
}
