/** The ticks of an axis. */
import type { Unit } from "../metrics/index.ts";
import { compactFrom, MISSING, moneyStyle, sayIn } from "./say-number.ts";
import { minorDigits, unitKind } from "./unit-kind.ts";
import type { Voice } from "./voice.ts";

/** What a formatter takes at most, less the two that percent adds. */
const MOST_DIGITS = 15;

/** A tick of an axis whose ticks are multiples of `step`: no decimal more than tells them apart. */
export function sayTick(unit: Unit, value: number, step: number, voice: Voice): string {
  if (!Number.isFinite(value)) return MISSING;
  if (value === 0) return sayIn(unit, 0, voice, "short", 0);
  const isCompact = Math.abs(value) >= compactFrom(unit);
  const scale = unitKind(unit) === "share" ? 100 : isCompact ? compactScale(unit, value, voice) : 1;
  const count = tickDigits(unit, digitsOf(step * scale), isCompact, voice);
  return sayIn(unit, value, voice, "short", count);
}

/** The decimals of a round step: 1 of 0.5, 2 of 0.25, none of 250. */
function digitsOf(step: number): number {
  const first = Math.max(0, Math.ceil(-Math.log10(Math.abs(step)) - 1e-9));
  const isWhole = (count: number): boolean => {
    const scaled = step * 10 ** count;
    return Math.abs(scaled - Math.round(scaled)) <= 1e-6 * Math.abs(scaled);
  };
  const counts = [first, first + 1, first + 2].filter((count) => count <= MOST_DIGITS);
  return counts.find(isWhole) ?? Math.min(first + 2, MOST_DIGITS);
}

/** By what a locale's compact notation multiplies a value: a millionth for 1.2m, 1/10,000 for 1.2万. */
function compactScale(unit: Unit, value: number, voice: Voice): number {
  const parts = new Intl.NumberFormat(voice.locale, {
    ...(unitKind(unit) === "money" ? moneyStyle(voice) : {}),
    notation: "compact",
    numberingSystem: "latn",
    useGrouping: false,
    minimumFractionDigits: 0,
    maximumFractionDigits: MOST_DIGITS,
  }).formatToParts(Math.abs(value));
  const digits = (type: string): string => parts.find((part) => part.type === type)?.value ?? "0";
  const shown = Number(`${digits("integer")}.${digits("fraction")}`);
  // A power of ten: what lies beside it is rounding.
  return 10 ** Math.round(Math.log10(shown / Math.abs(value)));
}

/** A tick's decimals, which of money are none or those of the currency at least. */
function tickDigits(unit: Unit, count: number, isCompact: boolean, voice: Voice): number {
  if (unitKind(unit) !== "money" || isCompact || count === 0) return count;
  return Math.max(count, minorDigits(voice));
}
