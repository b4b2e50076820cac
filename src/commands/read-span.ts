/** How long something lasts, as people say it. Pure. */
import { fold } from "./fold-text.ts";
import type { Token } from "./lex-line.ts";

export interface Span {
  count: number;
  unit: "day" | "week" | "month" | "quarter" | "year";
  days: number;
  taken: number;
}

const units = { day: 1, week: 7, month: 30.4, quarter: 91, year: 364 } as const;

const numberWords = [
  "one",
  "two",
  "three",
  "four",
  "five",
  "six",
  "seven",
  "eight",
  "nine",
  "ten",
  "eleven",
  "twelve",
];

/** As many as a word says in figures or, up to twelve, in letters; null for anything else. */
export function countOf(word: string): number | null {
  if (/^\d{1,4}$/.test(word)) return Number(word);
  const at = numberWords.indexOf(fold(word));
  return at === -1 ? null : at + 1;
}

/** `12 weeks`, `twelve weeks`, `12`, `12w`, `3 months`, `quarter`; null for anything else. */
export function spanOf(first: Token, second: Token | undefined): Span | null {
  const short = /^(\d{1,4})w$/i.exec(first.text);
  if (short !== null) return { count: Number(short[1]), unit: "week", days: 7, taken: 1 };
  const count = countOf(first.text);
  const named = count === null ? first : second;
  const unit = named?.kind === "word" ? unitOf(named.text) : null;
  if (count === null) return unit === null ? null : { count: 1, unit, days: units[unit], taken: 1 };
  if (unit === null) return { count, unit: "week", days: 7, taken: 1 };
  return { count, unit, days: units[unit], taken: 2 };
}

export function unitOf(word: string): Span["unit"] | null {
  const one = fold(word).replace(/s$/, "");
  return one === "day" || one === "week" || one === "month" || one === "quarter" || one === "year"
    ? one
    : null;
}
