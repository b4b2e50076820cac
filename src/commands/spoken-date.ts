/** A date with its month in letters. Pure. */

export interface SpokenDate {
  month: number;
  day?: number;
  year?: number;
}

/** `1 sept`, `sept 1st 2026`, `september`, `september 2026`, folded and apart; null for anything else. */
export function spokenDate(words: readonly string[]): SpokenDate | null {
  if (words.length > 3) return null;
  const month = words.map(monthOf).find((number) => number > 0);
  const numbers = words.filter((word) => monthOf(word) === 0);
  if (month === undefined || numbers.length !== words.length - 1) return null;
  const days = numbers.filter((word) => /^\d{1,2}(st|nd|rd|th)?$/.test(word));
  const years = numbers.filter((word) => /^\d{4}$/.test(word));
  if (days.length > 1 || years.length > 1 || days.length + years.length < numbers.length)
    return null;
  return {
    month,
    ...(days[0] === undefined ? {} : { day: Number.parseInt(days[0], 10) }),
    ...(years[0] === undefined ? {} : { year: Number(years[0]) }),
  };
}

const months = [
  "january",
  "february",
  "march",
  "april",
  "may",
  "june",
  "july",
  "august",
  "september",
  "october",
  "november",
  "december",
];

/** Three letters or more of a month's name; 0 for anything else. */
function monthOf(word: string): number {
  const typed = word.replace(/\.$/, "");
  return typed.length < 3 ? 0 : months.findIndex((name) => name.startsWith(typed)) + 1;
}
