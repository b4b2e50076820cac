/** Durations in the unit that a person would tell them in: 5.2 hours rather than 312 minutes. */
import type { Unit } from "../metrics/index.ts";

/** A unit to tell values in, and how they come to be in it. */
export interface Scale {
  unit: Unit;
  /** Exact for what is told: 0.4 hours are 24 minutes to the last digit. */
  of(value: number): number;
}

/** From the shortest to the longest. `from`: so many of the unit before are told in this one. */
const durations = [
  { name: "milliseconds", milliseconds: 1, from: 0 },
  // Latencies are compared in milliseconds also where they are some seconds.
  { name: "seconds", milliseconds: 1000, from: 60_000 },
  { name: "minutes", milliseconds: 60_000, from: 120 },
  { name: "hours", milliseconds: 3_600_000, from: 120 },
  { name: "days", milliseconds: 86_400_000, from: 72 },
] as const;

/** Twelve digits are more than are told, and fewer than a division leaves wrong. */
const DIGITS = 12;

/**
 * The scale for values that are told together, by the largest of them: limits and ticks in different
 * units could not be compared at a glance. Of what is no duration it changes nothing.
 */
export function scaleOf(unit: Unit, values: readonly (number | null)[]): Scale {
  const own = placeOf(unit);
  const first = durations[own];
  const sizes = values.map((value) => Math.abs(value ?? 0)).filter(Number.isFinite);
  const told = durations[toldAs(own, Math.max(0, ...sizes))];
  if (first === undefined || told === undefined || told === first)
    return { unit, of: (value) => value };
  return {
    unit: `${told.name}${unit.slice(first.name.length)}`,
    of: (value) => Number(((value * first.milliseconds) / told.milliseconds).toPrecision(DIGITS)),
  };
}

/** How long one of a unit of durations is; null of any other unit. */
export function millisecondsOf(unit: Unit): number | null {
  return durations[placeOf(unit)]?.milliseconds ?? null;
}

/** Its place among the durations, `minutes per user` that of minutes; -1: none. */
function placeOf(unit: Unit): number {
  return durations.findIndex(({ name }) => new RegExp(`^${name}\\b`).test(unit));
}

/** Days are never told in hours: half a day of use a week is no twelve hours. */
function toldAs(at: number, size: number): number {
  const [own, next, before] = [durations[at], durations[at + 1], durations[at - 1]];
  if (own === undefined || size === 0) return at;
  const inOther = (other: { milliseconds: number }): number =>
    (size * own.milliseconds) / other.milliseconds;
  if (next !== undefined && size >= next.from) return toldAs(at + 1, inOther(next));
  if (before !== undefined && size < 1 && own.name !== "days")
    return toldAs(at - 1, inOther(before));
  return at;
}

/** Limits in another scale. */
export function inScale<L extends { expected: number; low: number; high: number }>(
  limits: L,
  scale: Scale,
): L {
  const { expected, low, high } = limits;
  return { ...limits, expected: scale.of(expected), low: scale.of(low), high: scale.of(high) };
}
