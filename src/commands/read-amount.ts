/** An amount in a metric's unit, as people write it. Pure. */
import { failed, ok, type Result } from "../result.ts";

/** `no_number`: it cannot be read; `share`: of a share, and neither a percentage nor a fraction. */
export type AmountFault = "no_number" | "share";

/** Powers of ten, so that 41.2% is 0.412 to the last digit. */
const exponents: Readonly<Record<string, number>> = { "%": -2, k: 3, m: 6, b: 9, bn: 9 };

/** Of shares few are above 1, such as net retention; 45 is meant as 45%. */
const MOST_SHARE = 5;

/**
 * `45%`, `0.45`, `2.8m`, `$3,000`, `500ms`. A share is a fraction of 1 when it comes back. Thousands
 * may be parted by commas, where only thousands can be meant; decimals follow a point.
 */
export function readAmount(text: string, unit: string): Result<number, AmountFault> {
  const isShare = /^percent\b/.test(unit);
  const bare = text.replace(/^([+-]?)(?:\p{Lu}{0,2}\p{Sc}|[A-Z]{3})(?=[+-]?[\d.])/u, "$1");
  const [, number = "", suffix = ""] = /^([+-]?[\d.,]+)\s*(%|ms|bn|[kmb])?$/i.exec(bare) ?? [];
  const size = suffix.toLowerCase();
  const isForeign = (size === "%" && !isShare) || (size === "ms" && unit !== "milliseconds");
  const value = isForeign ? null : plainNumber(number, exponents[size] ?? 0);
  if (value === null) return failed("no_number");
  return isShare && size !== "%" && Math.abs(value) > MOST_SHARE ? failed("share") : ok(value);
}

/** Null for `0,45` as well: whether that comma parts decimals, nobody can tell. */
function plainNumber(text: string, exponent: number): number | null {
  const isGrouped = /^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$/.test(text);
  const isPlain = /^[+-]?(\d+(\.\d*)?|\.\d+)$/.test(text);
  if (!isGrouped && !isPlain) return null;
  const value = Number(`${text.replaceAll(",", "")}e${exponent}`);
  return Number.isFinite(value) ? value : null;
}
