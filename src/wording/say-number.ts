/** Numbers in words: full in text, short where a picture or a table is narrow. */
import type { Unit } from "../metrics/index.ts";
import type { Voice } from "./voice.ts";

export const MISSING = "n/a";

type Length = "full" | "short";

/** `fractionDigits` fixes the digits of an axis; null: as many as the value deserves. */
export function sayValue(
  unit: Unit,
  value: number | null,
  voice: Voice,
  length: Length = "full",
  fractionDigits: number | null = null,
): string {
  if (value === null || !Number.isFinite(value)) return MISSING;
  switch (unit) {
    case "percent":
      return format(voice, value, {
        style: "percent",
        ...digits(fractionDigits ?? percentDigits(value)),
      });
    case "money":
    case "money per month":
    case "money per year":
      return sayMoney(value, voice, length, fractionDigits);
    case "milliseconds":
      return `${format(voice, value, digits(fractionDigits ?? (Math.abs(value) < 10 ? 1 : 0)))} ms`;
    default:
      return sayCount(value, voice, length, fractionDigits);
  }
}

/** Shares near 0 and 1 differ in their second decimal, others in their first. */
function percentDigits(value: number): number {
  const edge = Math.min(Math.abs(value), Math.abs(1 - value));
  if (edge === 0) return 1;
  return edge < 0.001 ? 3 : edge < 0.02 ? 2 : 1;
}

function sayMoney(
  value: number,
  voice: Voice,
  length: Length,
  fractionDigits: number | null,
): string {
  const money: Intl.NumberFormatOptions = {
    style: "currency",
    currency: voice.currency,
    currencyDisplay: "narrowSymbol",
  };
  if (length === "short" && Math.abs(value) >= 10_000)
    return compact(voice, value, money, fractionDigits);
  return format(voice, value, {
    ...money,
    ...digits(fractionDigits ?? (Math.abs(value) < 1000 ? 2 : 0)),
  });
}

function sayCount(
  value: number,
  voice: Voice,
  length: Length,
  fractionDigits: number | null,
): string {
  if (length === "short" && Math.abs(value) >= 100_000)
    return compact(voice, value, {}, fractionDigits);
  return format(voice, value, digits(fractionDigits ?? (Number.isInteger(value) ? 0 : 1)));
}

function compact(
  voice: Voice,
  value: number,
  options: Intl.NumberFormatOptions,
  fractionDigits: number | null,
): string {
  const precision =
    fractionDigits === null ? { maximumSignificantDigits: 3 } : digits(fractionDigits);
  return format(voice, value, { ...options, notation: "compact", ...precision });
}

function digits(count: number): Intl.NumberFormatOptions {
  return { minimumFractionDigits: count, maximumFractionDigits: count };
}

function format(voice: Voice, value: number, options: Intl.NumberFormatOptions): string {
  // Rounding must not leave a minus before a zero.
  const text = new Intl.NumberFormat(voice.locale, { ...options, signDisplay: "negative" }).format(
    value,
  );
  return text.replace("-", "−");
}

/** A tick of an axis whose ticks are `step` apart: no digit more than tells them apart. */
export function sayTick(unit: Unit, value: number, step: number, voice: Voice): string {
  if (value === 0) return sayValue(unit, 0, voice, "short", 0);
  const scale = unit === "percent" ? 100 : compactScale(unit, value);
  const decimals = Math.max(0, Math.min(6, Math.ceil(-Math.log10(step * scale) - 1e-9)));
  return sayValue(unit, value, voice, "short", decimals);
}

function compactScale(unit: Unit, value: number): number {
  const size = Math.abs(value);
  const from = unit.startsWith("money")
    ? 10_000
    : unit === "milliseconds"
      ? Number.POSITIVE_INFINITY
      : 100_000;
  if (size < from) return 1;
  return 1 / 1000 ** Math.floor(Math.log10(size) / 3);
}

/**
 * A change without its sign: of fractions in points, never in percent; of all else in percent of
 * the previous value, or in the unit where that was zero.
 */
export function sayChangeSize(
  unit: Unit,
  absolute: number,
  relative: number | null,
  voice: Voice,
): string {
  if (unit === "percent") {
    const points = Math.abs(absolute) * 100;
    const said = format(voice, points, digits(points < 0.1 ? 2 : 1));
    return `${said} ${said === format(voice, 1, digits(1)) ? "point" : "points"}`;
  }
  if (relative === null) return sayValue(unit, Math.abs(absolute), voice);
  return format(voice, Math.abs(relative), { style: "percent", ...digits(1) });
}

export function sayWhole(value: number, voice: Voice): string {
  return format(voice, value, { maximumFractionDigits: 0 });
}
