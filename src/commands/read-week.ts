/** A week as people name it: ISO, by number, by a date in it, or as this and last week. Pure. */
import { addWeeks, parseWeek, type WeekStart, weekOf } from "../metrics/index.ts";
import type { Token } from "./lex-line.ts";
import { longestReading, type ReadPeriod, wholeReading } from "./longest-reading.ts";
import { spokenDate } from "./spoken-date.ts";

export interface Calendar {
  today: Temporal.PlainDate;
  /** ISO weekday on which a week begins, 1 Monday to 7 Sunday. */
  weekStarts: number;
  /** Month with which the fiscal year begins, 1 to 12. */
  yearStarts: number;
}

/** The longest reading from the left; null when there is none. Without a year: the latest begun. */
export function readWeek(tokens: readonly Token[], calendar: Calendar): ReadPeriod | null {
  return longestReading(tokens, (words) => weekOfWords(words, calendar));
}

/**
 * `2026-W40`, `W40`: by itself it can mean nothing else. A bare number can, and so can a date, which
 * may be of a month.
 */
export function isBareWeek(token: Pick<Token, "kind" | "text"> | undefined): boolean {
  return token?.kind === "word" && /^(\d{4}-?)?w\d{1,2}$/i.test(token.text);
}

/** A week that a whole text names, such as the value of `--week`. */
export function weekOfText(text: string, calendar: Calendar): WeekStart | null {
  return wholeReading(text, (words) => weekOfWords(words, calendar));
}

function weekOfWords(words: readonly string[], calendar: Calendar): WeekStart | null {
  const [first = "", second, ...others] = words[0] === "week" ? words.slice(1) : words;
  if (second === undefined) {
    if (/^w?\d{1,2}$/.test(first)) return weekNumber(first.replace("w", ""), calendar);
    return weekOfWord(first, calendar);
  }
  if (others.length === 0) {
    // "46 2026" and "w46 2026".
    if (/^w?\d{1,2}$/.test(first) && /^\d{4}$/.test(second))
      return isoWeek(`${second}-W${first.replace("w", "")}`, calendar);
    const relative = relativeWeek(first, second, calendar);
    if (relative !== null) return relative;
  }
  return dateOfWords(words, calendar);
}

function weekOfWord(word: string, calendar: Calendar): WeekStart | null {
  const { today, weekStarts } = calendar;
  if (word === "today") return weekOf(today, weekStarts);
  if (word === "yesterday") return weekOf(today.subtract({ days: 1 }), weekStarts);
  const slashed = /^\d{4}\/\d{2}\/\d{2}$/.test(word) ? word.replaceAll("/", "-") : word;
  return isoWeek(slashed, calendar) ?? dateOfWords([word], calendar);
}

function isoWeek(text: string, { today, weekStarts }: Calendar): WeekStart | null {
  return parseWeek(text, weekStarts, today);
}

function weekNumber(number: string, calendar: Calendar): WeekStart | null {
  const year = calendar.today.yearOfWeek ?? calendar.today.year;
  return latestBegun(
    [year, year - 1].map((of) => isoWeek(`${of}-W${number}`, calendar)),
    calendar,
  );
}

/** `last week`, `this month`: the first week of it. */
function relativeWeek(which: string, unit: string, calendar: Calendar): WeekStart | null {
  if (which !== "last" && which !== "this") return null;
  const { today, weekStarts } = calendar;
  const back = which === "last" ? 1 : 0;
  switch (unit) {
    case "week":
      return addWeeks(weekOf(today, weekStarts), -back);
    case "month":
      return weekOf(today.with({ day: 1 }).subtract({ months: back }), weekStarts);
    case "year":
      return weekOf(today.with({ month: 1, day: 1 }).subtract({ years: back }), weekStarts);
    default:
      return null;
  }
}

function dateOfWords(words: readonly string[], calendar: Calendar): WeekStart | null {
  const spoken = spokenDate(words);
  if (spoken === null) return null;
  const { year, month, day = 1 } = spoken;
  if (year !== undefined) return weekOfDate(year, month, day, calendar);
  const { year: present } = calendar.today;
  // The 29th of February is the last one there was.
  return latestBegun(
    Array.from({ length: 9 }, (_, back) => weekOfDate(present - back, month, day, calendar)),
    calendar,
  );
}

function weekOfDate(
  year: number,
  month: number,
  day: number,
  { weekStarts }: Calendar,
): WeekStart | null {
  if (year < 1900 || year > 2200) return null;
  try {
    return weekOf(
      Temporal.PlainDate.from({ year, month, day }, { overflow: "reject" }),
      weekStarts,
    );
  } catch {
    return null;
  }
}

function latestBegun(
  weeks: readonly (WeekStart | null)[],
  { today, weekStarts }: Calendar,
): WeekStart | null {
  const present = weekOf(today, weekStarts);
  return weeks.find((week) => week !== null && week <= present) ?? null;
}
