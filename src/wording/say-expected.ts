/** What a verdict expected, with its limits, in one precision. */
import type { Unit, Verdict } from "../metrics/index.ts";
import { inScale, scaleOf } from "./duration-unit.ts";
import { sayIn } from "./say-number.ts";
import { fewestDigits, minorDigits, unitKind } from "./unit-kind.ts";
import type { Voice } from "./voice.ts";

const MOST_DIGITS = 4;

export interface Limits {
  expected: number;
  low: number;
  high: number;
}

/**
 * `expected 48.5% (normal: 30.0% to 67.2%)`; empty where nothing was tested. `value` is what was
 * tested, null when it is not what is shown beside it.
 */
export function sayExpected(
  unit: Unit,
  { expected, low, high }: Pick<Verdict, "expected" | "low" | "high">,
  value: number | null,
  voice: Voice,
): string {
  if (expected === null || low === null || high === null) return "";
  const scale = scaleOf(unit, [expected, low, high, value]);
  const limits = inScale({ expected, low, high }, scale);
  const held = value === null ? null : scale.of(value);
  const count = limitDigits(scale.unit, limits, held, voice);
  const [middle, from, to] = [limits.expected, limits.low, limits.high].map((each) =>
    sayIn(scale.unit, each, voice, "full", count),
  );
  return `expected ${middle} (normal: ${from} to ${to})`;
}

/** Enough decimals for the width of the limits, and to show on which side of them the value lies. */
export function limitDigits(
  unit: Unit,
  limits: Limits,
  value: number | null,
  voice: Voice,
): number {
  const scale = unitKind(unit) === "share" ? 100 : 1;
  const width = Math.abs(limits.high - limits.low) * scale;
  const byWidth = width > 0 && Number.isFinite(width) ? 1 - Math.floor(Math.log10(width)) : 0;
  const least = unitKind(unit) === "plain" ? 0 : leastDigits(unit, limits.expected, voice);
  const first = Math.min(MOST_DIGITS, Math.max(least, byWidth));
  const counts = Array.from({ length: MOST_DIGITS + 1 - first }, (_, i) => first + i);
  return counts.find((count) => value === null || tellsSide(value, limits, scale, count)) ?? first;
}

function leastDigits(unit: Unit, expected: number, voice: Voice): number {
  switch (unitKind(unit)) {
    case "share":
      return 1;
    case "money":
      return Math.abs(expected) < 1000 ? minorDigits(voice) : 0;
    default:
      return fewestDigits(unit, expected, voice);
  }
}

/** Rounding must not put a value that is outside its limits on them, or one inside beyond them. */
function tellsSide(value: number, { low, high }: Limits, scale: number, count: number): boolean {
  const round = (each: number): number => Number((each * scale).toFixed(count));
  return [low, high].every(
    (limit) => Math.sign(value - limit) === Math.sign(round(value) - round(limit)),
  );
}
