/** An amount in a metric's unit, as people write it. Pure. */
import { failed, ok, type Result } from "../result.ts";
import { millisecondsOf } from "../wording/index.ts";

/** `no_number`: it cannot be read; `share`: of a share, and neither a percentage nor a fraction. */
export type AmountFault = "no_number" | "share";

/** Powers of ten, so that 41.2% is 0.412 to the last digit. */
const exponents: Readonly<Record<string, number>> = { "%": -2, k: 3, m: 6, b: 9, bn: 9 };

/** How people write durations; a lone m is a million. */
const durations: readonly (readonly [RegExp, unit: string])[] = [
  [/^(ms|milliseconds?)$/, "milliseconds"],
  [/^(s|secs?|seconds?)$/, "seconds"],
  [/^(mins?|minutes?)$/, "minutes"],
  [/^(h|hrs?|hours?)$/, "hours"],
  [/^(d|days?)$/, "days"],
];

/** Of shares few are above 1, such as net retention; 45 is meant as 45%. */
const MOST_SHARE = 5;

/**
 * `45%`, `0.45`, `2.8m`, `$3,000`, `500ms`, `4 hours`. A share is a fraction of 1 when it comes back. Thousands
 * may be parted by commas, where only thousands can be meant; decimals follow a point.
 */
export function readAmount(text: string, unit: string): Result<number, AmountFault> {
  const isShare = /^percent\b/.test(unit);
  const bare = text.replace(/^([+-]?)(?:\p{Lu}{0,2}\p{Sc}|[A-Z]{3})(?=[+-]?[\d.])/u, "$1");
  const [, number = "", suffix = ""] = /^([+-]?[\d.,]+)\s*(%|\p{L}+)?$/iu.exec(bare) ?? [];
  const size = suffix.toLowerCase();
  const exponent = size === "" ? 0 : exponents[size];
  const isForeign = size === "%" && !isShare;
  const value =
    exponent === undefined
      ? inUnit(plainNumber(number, 0), size, unit)
      : isForeign
        ? null
        : plainNumber(number, exponent);
  if (value === null) return failed("no_number");
  return isShare && size !== "%" && Math.abs(value) > MOST_SHARE ? failed("share") : ok(value);
}

/** A duration in the metric's own unit; null of what is no duration, or of no metric of durations. */
function inUnit(value: number | null, size: string, unit: string): number | null {
  const said = durations.find(([words]) => words.test(size))?.[1];
  const [from, to] = [said === undefined ? null : millisecondsOf(said), millisecondsOf(unit)];
  if (value === null || from === null || to === null) return null;
  return Number(((value * from) / to).toPrecision(12));
}

/** Null for `0,45` as well: whether that comma parts decimals, nobody can tell. */
function plainNumber(text: string, exponent: number): number | null {
  const isGrouped = /^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$/.test(text);
  const isPlain = /^[+-]?(\d+(\.\d*)?|\.\d+)$/.test(text);
  if (!isGrouped && !isPlain) return null;
  const value = Number(`${text.replaceAll(",", "")}e${exponent}`);
  return Number.isFinite(value) ? value : null;
}
