/** The one place where a number becomes text, so that every locale gets the same care. */
import type { Voice } from "./voice.ts";

/** From here on a float has no units to tell, and a line no room for its digits. */
const HUGE = 1e15;

/** Finite `value` only. A minus is a minus sign, never a hyphen, and never stands before a zero. */
export function formatNumber(
  voice: Voice,
  value: number,
  options: Intl.NumberFormatOptions = {},
): string {
  const format = new Intl.NumberFormat(voice.locale, {
    ...options,
    ...(Math.abs(value) >= HUGE ? scientific : {}),
    signDisplay: "negative",
  });
  return format
    .formatToParts(value)
    .map((part) => (part.type === "minusSign" ? part.value.replace("-", "−") : part.value))
    .join("");
}

const scientific: Intl.NumberFormatOptions = {
  notation: "scientific",
  minimumFractionDigits: 0,
  maximumFractionDigits: 2,
};

/**
 * With exactly `count` decimals. What is not zero is never told as one: `<0.01`, or `>−0.01`.
 * `scale` is 100 where the text counts in hundredths, as percent does.
 */
export function formatFixed(
  voice: Voice,
  value: number,
  count: number,
  options: Intl.NumberFormatOptions = {},
  scale = 1,
): string {
  const fixed = { ...options, ...decimals(count) };
  const smallest = 10 ** -count / scale;
  if (value === 0 || Math.abs(value) >= smallest / 2) return formatNumber(voice, value, fixed);
  return value > 0
    ? `<${formatNumber(voice, smallest, fixed)}`
    : `>${formatNumber(voice, -smallest, fixed)}`;
}

export function decimals(count: number): Intl.NumberFormatOptions {
  return { minimumFractionDigits: count, maximumFractionDigits: count };
}
