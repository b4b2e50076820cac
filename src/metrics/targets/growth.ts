/** Growth a week: what it has been, and what would reach a target. Source: METRICS.md 4.8. */
import type { WeekStart } from "../answer.ts";
import { addWeeks, weeksBetween } from "../week.ts";

/** (now / before)^(1/weeks) - 1; null where the base is not above 0, now is below 0, or no week has passed. */
export function compoundGrowth(before: number, now: number, weeks: number): number | null {
  if (!(before > 0) || now < 0 || weeks < 1) return null;
  return (now / before) ** (1 / weeks) - 1;
}

/** Of each week after `week` until the period's last: the share of its days that the period holds. */
export function weeksLeft(week: WeekStart, periodStart: string, periodEnd: string): number[] {
  const shares: number[] = [];
  for (let next = addWeeks(week, 1); next <= periodEnd; next = addWeeks(next, 1)) {
    const last = Temporal.PlainDate.from(next).add({ days: 6 }).toString();
    const from = next < periodStart ? periodStart : next;
    const to = last > periodEnd ? periodEnd : last;
    shares.push(Math.max(0, daysOf(from, to)) / 7);
  }
  return shares;
}

/** Days from one date to another, both included. */
export function daysOf(from: string, to: string): number {
  return Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to)).days + 1;
}

/** What `weekly` adds up to over the weeks to come when it grows by `rate` a week. */
export function sumOfGrowth(weekly: number, shares: readonly number[], rate: number): number {
  return shares.reduce((sum, share, k) => sum + weekly * share * (1 + rate) ** (k + 1), 0);
}

/**
 * The growth a week of the least-squares line through the logarithms, week after week; null under
 * four weeks. Weeks of 0 or less are left out.
 */
export function trendGrowth(weekly: readonly number[]): number | null {
  const points = weekly.flatMap((value, t) => (value > 0 ? [[t, Math.log(value)] as const] : []));
  if (points.length < 4) return null;
  const mean = (of: 0 | 1) => points.reduce((sum, point) => sum + point[of], 0) / points.length;
  const [tm, ym] = [mean(0), mean(1)];
  const sxy = points.reduce((sum, [t, y]) => sum + (t - tm) * (y - ym), 0);
  const sxx = points.reduce((sum, [t]) => sum + (t - tm) ** 2, 0);
  return Math.exp(sxy / sxx) - 1;
}

export type Needed =
  | { kind: "rate"; rate: number }
  | { kind: "target_met" | "target_missed" | "no_revenue" };

const HALVINGS = 200;
/** Doublings after which no rate is in question any more. */
const MOST_RATE = 2 ** 60;

/** The rate a week at which `sofar` and the weeks to come, of `weekly` now, add up to `target`. */
export function neededForSum(
  sofar: number,
  weekly: number,
  shares: readonly number[],
  target: number,
): Needed {
  if (sofar >= target) return { kind: "target_met" };
  if (!shares.some((share) => share > 0)) return { kind: "target_missed" };
  if (!(weekly > 0)) return { kind: "no_revenue" };
  return {
    kind: "rate",
    rate: solve((rate) => sofar + sumOfGrowth(weekly, shares, rate) - target),
  };
}

/** The rate a week at which `now` becomes `target` in so many weeks. */
export function neededForLevel(now: number, target: number, weeks: number): Needed {
  if (now >= target) return { kind: "target_met" };
  if (weeks < 1) return { kind: "target_missed" };
  if (!(now > 0)) return { kind: "no_revenue" };
  return { kind: "rate", rate: (target / now) ** (1 / weeks) - 1 };
}

/** Where an increasing function of a rate above -1 is 0. */
export function solve(above: (rate: number) => number): number {
  let low = -1;
  let high = 1;
  while (above(high) < 0 && high < MOST_RATE) high *= 2;
  for (let i = 0; i < HALVINGS; i++) {
    const middle = (low + high) / 2;
    if (above(middle) < 0) low = middle;
    else high = middle;
  }
  return high;
}

/** Weeks from a week to the one that a date lies in. */
export function weeksUntil(week: WeekStart, date: string): number {
  return Math.floor(weeksBetween(week, date));
}
