/** A day as people name it, where a period begins or ends. Pure. */
import { addWeeks, parseWeek, type WeekStart, weekOf } from "../metrics/index.ts";
import { fold } from "./fold-text.ts";
import type { Token } from "./lex-line.ts";
import type { Calendar } from "./read-week.ts";
import { spokenDate } from "./spoken-date.ts";

/** Of a week or a month its first or its last day. */
export type Edge = "first" | "last";

/**
 * `2026-12-31`, `31 Dec`, `Dec 2026`, `W52`, `this week`, `today`: all of the words, or null. Without a
 * year the present one is meant; of an end that lies behind in it, the next.
 */
export function readDay(
  tokens: readonly Token[],
  edge: Edge,
  calendar: Calendar,
): Temporal.PlainDate | null {
  if (tokens.some(({ kind }) => kind !== "word" && kind !== "comma")) return null;
  const words = tokens
    .filter(({ kind }) => kind === "word")
    .map(({ text }) => fold(text))
    .filter((word) => word !== "of" && word !== "the");
  const spoken = words.join(" ");
  const { today, weekStarts } = calendar;
  if (spoken === "today") return today;
  if (spoken === "this week") return edgeOf(weekOf(today, weekStarts), edge);
  if (spoken === "next week") return edgeOf(addWeeks(weekOf(today, weekStarts), 1), edge);
  if (/^\d{4}-\d{2}-\d{2}$/.test(spoken)) return dateOf(() => Temporal.PlainDate.from(spoken));
  const [, year, week = ""] = /^(?:week )?(?:(\d{4})-?)?w(\d{1,2})$/.exec(spoken) ?? [];
  const years = year === undefined ? yearsFor(today.yearOfWeek ?? today.year) : [Number(year)];
  if (week !== "")
    return ahead(
      years.map((of) => {
        const start = parseWeek(`${of}-W${week.padStart(2, "0")}`, weekStarts, today);
        return start === null ? null : edgeOf(start, edge);
      }),
      edge,
      today,
    );
  return dayInMonth(words, edge, today);
}

function dayInMonth(
  words: readonly string[],
  edge: Edge,
  today: Temporal.PlainDate,
): Temporal.PlainDate | null {
  const spoken = spokenDate(words);
  if (spoken === null) return null;
  const { month, day, year } = spoken;
  const days = (year === undefined ? yearsFor(today.year) : [year]).map((of) => {
    const last = edge === "last" ? 31 : 1;
    return day === undefined
      ? Temporal.PlainDate.from({ year: of, month, day: last })
      : dateOf(() => Temporal.PlainDate.from({ year: of, month, day }, { overflow: "reject" }));
  });
  return ahead(days, edge, today);
}

function yearsFor(present: number): number[] {
  return [present, present + 1];
}

function ahead(
  days: readonly (Temporal.PlainDate | null)[],
  edge: Edge,
  today: Temporal.PlainDate,
): Temporal.PlainDate | null {
  const known = days.filter((day) => day !== null);
  if (edge === "first") return known[0] ?? null;
  return known.find((day) => Temporal.PlainDate.compare(day, today) >= 0) ?? known[0] ?? null;
}

function edgeOf(week: WeekStart, edge: Edge): Temporal.PlainDate {
  const start = Temporal.PlainDate.from(week);
  return edge === "first" ? start : start.add({ days: 6 });
}

function dateOf(read: () => Temporal.PlainDate): Temporal.PlainDate | null {
  try {
    const day = read();
    return day.year < 1900 || day.year > 2200 ? null : day;
  } catch {
    return null;
  }
}
