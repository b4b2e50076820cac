/** Numbers in words: full in text, short where a picture or a table is narrow. */
import type { Unit } from "../metrics/index.ts";
import { type Scale, scaleOf } from "./duration-unit.ts";
import { decimals, formatFixed, formatNumber } from "./format-number.ts";
import { fewestDigits, periodOf, unitKind } from "./unit-kind.ts";
import type { Voice } from "./voice.ts";

export const MISSING = "n/a";

type Length = "full" | "short";

/** A value with its period: `$408.65 a month`. */
export function sayFigure(unit: Unit, value: number | null, voice: Voice): string {
  const said = sayValue(unit, value, voice);
  const period = periodOf(unit);
  return period === null || said === MISSING ? said : `${said} a ${period}`;
}

/** A duration in the unit that suits its size. */
export function sayValue(
  unit: Unit,
  value: number | null,
  voice: Voice,
  length: Length = "full",
): string {
  return sayScaled(scaleOf(unit, [value]), value, voice, length);
}

/** In a scale that others share with it. */
export function sayScaled(
  scale: Scale,
  value: number | null,
  voice: Voice,
  length: Length = "full",
): string {
  return value === null ? MISSING : sayIn(scale.unit, scale.of(value), voice, length);
}

/** In exactly this unit. `fractionDigits` fixes the decimals; null: as many as the value deserves. */
export function sayIn(
  unit: Unit,
  value: number | null,
  voice: Voice,
  length: Length = "full",
  fractionDigits: number | null = null,
): string {
  if (value === null || !Number.isFinite(value)) return MISSING;
  if (length === "short" && Math.abs(value) >= compactFrom(unit))
    return compact(unit, value, voice, fractionDigits);
  const count = fractionDigits ?? fewestDigits(unit, value, voice);
  switch (unitKind(unit)) {
    case "share":
      return sayShare(value, voice, count);
    case "money":
      return formatFixed(voice, value, count, moneyStyle(voice));
    case "milliseconds":
      return `${formatFixed(voice, value, count)} ms`;
    default:
      return withDuration(unit, formatFixed(voice, value, count));
  }
}

/** From which size on a short value is told in thousands, millions and so on. */
export function compactFrom(unit: Unit): number {
  const kind = unitKind(unit);
  if (kind === "money") return 10_000;
  return kind === "plain" ? 100_000 : Number.POSITIVE_INFINITY;
}

export function moneyStyle({ currency }: Voice): Intl.NumberFormatOptions {
  return { style: "currency", currency, currencyDisplay: "narrowSymbol" };
}

function compact(unit: Unit, value: number, voice: Voice, fractionDigits: number | null): string {
  const precision =
    fractionDigits === null ? { maximumSignificantDigits: 3 } : decimals(fractionDigits);
  const style = unitKind(unit) === "money" ? moneyStyle(voice) : {};
  return withDuration(
    unit,
    formatNumber(voice, value, { ...style, notation: "compact", ...precision }),
  );
}

/** What is not quite everything is never told as 100%. */
function sayShare(value: number, voice: Voice, count: number): string {
  const style = { style: "percent" } as const;
  const most = 1 - 10 ** (-count - 2);
  return value < 1 && value > most + 10 ** (-count - 2) / 2
    ? `>${formatFixed(voice, most, count, style, 100)}`
    : formatFixed(voice, value, count, style, 100);
}

/** A duration needs its unit; what is counted, or of whom, is named by the metric. */
function withDuration(unit: Unit, said: string): string {
  const [time] = /^(?:milliseconds|seconds|minutes|hours|days)\b/.exec(unit) ?? [];
  if (time === undefined) return said;
  return `${said} ${said === "1" ? time.slice(0, -1) : time}`;
}

/**
 * A change without its sign: of fractions and scores of points in points, never in percent; of all
 * else in percent of the previous value, or in the unit where that was zero.
 */
export function sayChangeSize(
  unit: Unit,
  absolute: number,
  relative: number | null,
  voice: Voice,
): string {
  const kind = unitKind(unit);
  if (kind === "share" || kind === "points") {
    const points = Math.min(Number.MAX_VALUE, Math.abs(absolute) * (kind === "share" ? 100 : 1));
    const said = formatFixed(voice, points, points < 0.1 ? 2 : 1);
    return `${said} ${said === formatNumber(voice, 1, decimals(1)) ? "point" : "points"}`;
  }
  if (relative === null || !Number.isFinite(relative))
    return sayValue(unit, Math.abs(absolute), voice);
  return formatFixed(voice, Math.abs(relative), 1, { style: "percent" }, 100);
}

export function sayWhole(value: number, voice: Voice): string {
  return Number.isFinite(value)
    ? formatNumber(voice, value, { maximumFractionDigits: 0 })
    : MISSING;
}
