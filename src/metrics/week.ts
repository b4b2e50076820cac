/** Weeks as dates of their first day. Calendar arithmetic only; instants come in with a zone. */
import { addPeriods, periodOf, periodsFrom } from "../periods.ts";
import type { WeekStart } from "./answer.ts";

/** The first day of the week that contains `day`. `weekStarts` is an ISO weekday, 1 Monday to 7 Sunday. */
export function weekOf(day: Temporal.PlainDate, weekStarts: number): WeekStart {
  return periodOf(day, weekStarts);
}

export function addWeeks(week: WeekStart, weeks: number): WeekStart {
  return addPeriods(week, weeks);
}

/** Weeks from `a` to `b`; negative when b is earlier. */
export function weeksBetween(a: WeekStart, b: WeekStart): number {
  return (
    Temporal.PlainDate.from(a).until(Temporal.PlainDate.from(b), { largestUnit: "day" }).days / 7
  );
}

/** All weeks from `first` to `last`, both included; none when last is before first. */
export function weeksFrom(first: WeekStart, last: WeekStart): WeekStart[] {
  return periodsFrom(first, last);
}

/** Reads an ISO week (`2026-W46`, `w46` of the year of `today`) or any date in it; null for anything else. */
export function parseWeek(
  text: string,
  weekStarts: number,
  today: Temporal.PlainDate,
): WeekStart | null {
  const iso = /^(?:(\d{4})-?)?w(\d{1,2})$/i.exec(text);
  if (iso)
    return isoWeek(
      iso[1] ? Number(iso[1]) : (today.yearOfWeek ?? today.year),
      Number(iso[2]),
      weekStarts,
    );
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
  try {
    return weekOf(Temporal.PlainDate.from(text, { overflow: "reject" }), weekStarts);
  } catch {
    return null;
  }
}

function isoWeek(year: number, week: number, weekStarts: number): WeekStart | null {
  if (year < 1900 || year > 2200) return null;
  // 4 January is always in ISO week 1.
  const first = Temporal.PlainDate.from({ year, month: 1, day: 4 });
  const monday = first.subtract({ days: first.dayOfWeek - 1 }).add({ days: 7 * (week - 1) });
  if (monday.weekOfYear !== week || monday.yearOfWeek !== year) return null;
  // Of weeks that begin on another day, the one that shares most days with it: that of its Thursday.
  return weekOf(monday.add({ days: 3 }), weekStarts);
}
