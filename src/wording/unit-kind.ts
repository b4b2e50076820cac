/** How the numbers of a unit are told; the catalogue's units are words, of which these matter here. */
import type { Unit } from "../metrics/index.ts";
import { assertNever } from "../result.ts";
import type { Voice } from "./voice.ts";

export type UnitKind = "share" | "money" | "milliseconds" | "points" | "plain";

export function unitKind(unit: Unit): UnitKind {
  if (/^percent\b/.test(unit)) return "share";
  if (/^money\b/.test(unit)) return "money";
  if (/^(points|score|index)\b/.test(unit)) return "points";
  return /^milliseconds\b/.test(unit) ? "milliseconds" : "plain";
}

/** `month` of `money per month`; null where the unit has no period. */
export function periodOf(unit: Unit): string | null {
  return /^(?:money|percent) per (week|month|quarter|year)$/.exec(unit)?.[1] ?? null;
}

/** Decimals that a currency has: 2 of most, 0 of JPY, 3 of KWD. */
export function minorDigits({ locale, currency }: Voice): number {
  return (
    new Intl.NumberFormat(locale, { style: "currency", currency }).resolvedOptions()
      .maximumFractionDigits ?? 2
  );
}

/** The fewest decimals that a value of this size is told with. */
export function fewestDigits(unit: Unit, value: number, voice: Voice): number {
  const size = Math.abs(value);
  const kind = unitKind(unit);
  switch (kind) {
    case "share":
      return shareDigits(value);
    case "money":
      return size < 1000 ? minorDigits(voice) : 0;
    case "milliseconds":
      return size < 10 ? 1 : 0;
    case "points":
    case "plain":
      if (Number.isInteger(value)) return 0;
      // Of less than a tenth, such as tickets of one customer, two decimals would be one digit.
      return size < 0.1 ? 3 : size < 1 ? 2 : 1;
    default:
      return assertNever(kind);
  }
}

/** Shares near 0 and 1 differ in their second decimal, others in their first. */
function shareDigits(value: number): number {
  const edge = Math.min(Math.abs(value), Math.abs(1 - value));
  if (edge === 0) return 1;
  return edge < 0.001 ? 3 : edge < 0.02 ? 2 : 1;
}
