/** A month or a quarter as people name it: by number, by name, or by a date in it. Pure. */

import type { WeekStart } from "../metrics/index.ts";
import { addPeriods, type Grain, periodOf } from "../periods.ts";
import type { Token } from "./lex-line.ts";
import { longestReading, type ReadPeriod } from "./longest-reading.ts";
import type { Calendar } from "./read-week.ts";
import { spokenDate } from "./spoken-date.ts";

/** The words that ask for months or quarters. */
export type GrainWord = Grain["unit"];

export function grainOf(word: GrainWord, { yearStarts }: Calendar): Grain {
  return word === "month" ? { unit: "month" } : { unit: "quarter", yearStarts };
}

/** The one that runs, or `back` before it. */
export function periodBack(word: GrainWord, back: number, calendar: Calendar): WeekStart {
  const grain = grainOf(word, calendar);
  return addPeriods(periodOf(calendar.today, 1, grain), -back, grain);
}

/** The longest reading from the left; null when there is none. Without a year: the latest begun. */
export function readPeriod(
  word: GrainWord,
  tokens: readonly Token[],
  calendar: Calendar,
): ReadPeriod | null {
  const read = word === "month" ? monthOfWords : quarterOfWords;
  return longestReading(tokens, (words) => {
    const day = read(words, calendar);
    return day === null ? null : periodOf(day, 1, grainOf(word, calendar));
  });
}

type Day = Temporal.PlainDate;

/** `2026-10`, `october`, `oct 2026`, `10`, `10 2026`, `2026-10-15`: a day in it. */
function monthOfWords(words: readonly string[], calendar: Calendar): Day | null {
  const written = words.join(" ");
  const [, year, month, day = "1"] = /^(\d{4})[-/](\d{1,2})(?:[-/](\d{1,2}))?$/.exec(written) ?? [];
  if (month !== undefined) return dayOf(Number(year), Number(month), Number(day));
  const [, number, of] = /^(\d{1,2})(?: (\d{4}))?$/.exec(written) ?? [];
  if (number !== undefined)
    return inYear(of === undefined ? of : Number(of), Number(number), 1, calendar);
  const spoken = spokenDate(words);
  return spoken && inYear(spoken.year, spoken.month, spoken.day ?? 1, calendar);
}

/** `2026-Q3`, `q3`, `q3 2026`, `3`, `fy2027-q1`, `fy27 q1`, or a month or day in it. */
function quarterOfWords(words: readonly string[], calendar: Calendar): Day | null {
  const written = words.join(" ");
  const [, before, q, after] =
    /^(?:(\d{4}|fy ?\d{4}|fy ?\d\d)[ -]?)?q?([1-4])(?: (\d{4}|fy ?\d{4}|fy ?\d\d))?$/.exec(
      written,
    ) ?? [];
  // A bare number is a quarter or nothing.
  if (q === undefined) return /^\d+$/.test(written) ? null : monthOfWords(words, calendar);
  if (before !== undefined && after !== undefined) return null;
  const said = before ?? after;
  const years =
    said === undefined ? [1, 0, -1].map((n) => calendar.today.year + n) : [yearOf(said)];
  const days = years.map((year) => firstOfQuarter(year, Number(q), calendar));
  return said === undefined ? latestBegun(days, calendar) : (days[0] ?? null);
}

/** `2027`, `fy2027`, `fy27`. */
function yearOf(said: string): number {
  const year = Number(said.replace(/\D/g, ""));
  return year < 100 ? 2000 + year : year;
}

/** A fiscal year has the name of the calendar year that it ends in. */
function firstOfQuarter(year: number, quarter: number, { yearStarts }: Calendar): Day | null {
  const begins = dayOf(yearStarts === 1 ? year : year - 1, yearStarts, 1);
  return begins?.add({ months: 3 * (quarter - 1) }) ?? null;
}

function inYear(
  year: number | undefined,
  month: number,
  day: number,
  calendar: Calendar,
): Day | null {
  if (year !== undefined) return dayOf(year, month, day);
  const years = [0, -1, -2, -3, -4].map((n) => calendar.today.year + n);
  return latestBegun(
    years.map((each) => dayOf(each, month, day)),
    calendar,
  );
}

function latestBegun(days: readonly (Day | null)[], { today }: Calendar): Day | null {
  return days.find((day) => day !== null && Temporal.PlainDate.compare(day, today) <= 0) ?? null;
}

function dayOf(year: number, month: number, day: number): Day | null {
  if (year < 1900 || year > 2200) return null;
  try {
    return Temporal.PlainDate.from({ year, month, day }, { overflow: "reject" });
  } catch {
    return null;
  }
}
