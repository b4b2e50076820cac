import { niceStep, ticksWithin } from "./nice-ticks.ts";
import { RenderError } from "./render-error.ts";
import type { TrendPoint } from "./trend-card.ts";

export interface TrendScale {
  low: number;
  high: number;
  /** The distance of the ticks. */
  step: number;
  /** None where there is nothing to read off them. */
  ticks: readonly number[];
  /** Where the target stands; far above or below it would flatten the line, and is only named. */
  target: "inside" | "above" | "below" | "none";
}

interface Range {
  low: number;
  high: number;
}

const mostSteps = 6;
/** Head and foot room, in parts of the span: keeps the end's dot and labels inside. */
const room = 0.08;
/** How far, in spans of the values, the limits and the target may stretch the axis. */
const bandStretch = 1.5;
const targetStretch = 2;
/** The axis starts at 0 when the lowest value is below this part of the highest. */
const nearZero = 0.35;
/** Differences below this part of the values are not drawn as differences. */
const levelWithin = 1e-6;

/**
 * The vertical scale of a trend: around its values, from 0 when they come near it or do not differ,
 * and never past 0 only for the sake of room.
 * Above `most` there is room for the marks, and no tick.
 * Throws a RenderError `bad_card` when the values are too far apart for numbers to tell.
 */
export function trendScale(
  points: readonly TrendPoint[],
  target: number | null,
  most = Infinity,
): TrendScale {
  const values = points.flatMap(({ value }) => (value === null ? [] : [value]));
  const limits = points.flatMap(({ band }) => (band ? [band.low, band.high] : []));
  const core = coreOf([values, limits, target === null ? [] : [target]]);
  if (!core) return { low: 0, high: 1, step: 1, ticks: [], target: "none" };
  const span = core.high - core.low;
  const held = rangeOf(
    limits.map((limit) => clamp(limit, core, span * bandStretch)),
    core,
  );
  const near = target !== null && clamp(target, core, span * targetStretch) === target;
  const { low, high } = withRoom(near ? rangeOf([target], held) : held);
  const step = niceStep(high - low, mostSteps);
  if (!Number.isFinite(high - low) || !(step > 0)) {
    throw new RenderError("bad_card", "values too far apart for an axis");
  }
  const place = target === null ? "none" : near ? "inside" : target > core.high ? "above" : "below";
  return {
    low,
    high,
    step,
    ticks: ticksWithin(low, high, step).filter((tick) => tick <= most),
    target: place,
  };
}

/**
 * The range of the first set that has one; the next sets widen it only while all is level, and then
 * 0 does. Null when there is no number at all.
 */
function coreOf(sets: readonly (readonly number[])[]): Range | null {
  let range: Range | null = null;
  for (const set of sets) {
    if (set.length > 0) range = rangeOf(set, range);
    if (range && !isLevel(range)) return range;
  }
  if (!range) return null;
  const fromZero = rangeOf([0], range);
  return isLevel(fromZero) ? { low: 0, high: 1 } : fromZero;
}

function isLevel({ low, high }: Range): boolean {
  return high - low <= Math.max(Math.abs(low), Math.abs(high)) * levelWithin;
}

function rangeOf(values: readonly number[], start: Range | null): Range {
  return values.reduce<Range>(
    ({ low, high }, value) => ({ low: Math.min(low, value), high: Math.max(high, value) }),
    start ?? { low: Infinity, high: -Infinity },
  );
}

function clamp(value: number, { low, high }: Range, by: number): number {
  return Math.min(high + by, Math.max(low - by, value));
}

function withRoom({ low, high }: Range): Range {
  const pad = (high - low) * room;
  if (low >= 0)
    return { low: low < high * nearZero ? 0 : Math.max(0, low - pad), high: high + pad };
  if (high <= 0)
    return { low: low - pad, high: high > low * nearZero ? 0 : Math.min(0, high + pad) };
  return { low: low - pad, high: high + pad };
}
