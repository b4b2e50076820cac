/** Weeks and instants in words. */
import type { WeekStart } from "../metrics/index.ts";
import type { Voice } from "./voice.ts";

/** `2026-W46` for weeks that begin on a Monday, else the date of the first day. */
export function weekName(week: WeekStart): string {
  const day = Temporal.PlainDate.from(week);
  if (day.dayOfWeek !== 1) return week;
  return `${day.yearOfWeek}-W${String(day.weekOfYear).padStart(2, "0")}`;
}

/** `Mon 9 to Sun 15 Nov 2026`. */
export function sayWeekDays(week: WeekStart, voice: Voice): string {
  return sayWeeksDays(week, 1, voice);
}

/** The days of several weeks, of which `week` is the last: `Mon 17 Aug to Sun 15 Nov 2026`. */
export function sayWeeksDays(week: WeekStart, weeks: number, voice: Voice): string {
  const last = Temporal.PlainDate.from(week).add({ days: 6 });
  return sayDays(last.subtract({ days: 7 * weeks - 1 }), last, voice);
}

export function sayDays(first: Temporal.PlainDate, last: Temporal.PlainDate, voice: Voice): string {
  if (first.year !== last.year) return `${sayDay(first, voice)} to ${sayDay(last, voice)}`;
  // "Mon 9 to Sun 15 Nov", but "Mon Nov 9 to Sun Nov 15": the bare day needs the month behind it.
  const isBare = first.month === last.month && isDayFirst(voice);
  const parts = isBare ? (["day"] as const) : (["day", "month"] as const);
  return `${weekday(first, voice)} ${date(first, voice, parts)} to ${sayDay(last, voice)}`;
}

/** `Sun 15 Nov 2026`. */
export function sayDay(day: Temporal.PlainDate, voice: Voice): string {
  return `${weekday(day, voice)} ${date(day, voice, ["day", "month", "year"])}`;
}

function isDayFirst({ locale }: Voice): boolean {
  const parts = new Intl.DateTimeFormat(locale, {
    day: "numeric",
    month: "short",
    year: "numeric",
  });
  return parts.formatToParts(0).find(({ type }) => type !== "literal")?.type === "day";
}

// Apart from the date, since some locales put a comma between them and others do not.
function weekday(day: Temporal.PlainDate, voice: Voice): string {
  return day.toLocaleString(voice.locale, { weekday: "short" });
}

function date(
  day: Temporal.PlainDate,
  voice: Voice,
  parts: readonly ("day" | "month" | "year")[],
): string {
  const style = { day: "numeric", month: "short", year: "numeric" } as const;
  const said = day.toLocaleString(
    voice.locale,
    Object.fromEntries(parts.map((part) => [part, style[part]])),
  );
  // British dates alone have a month of four letters; the axis of a picture has three for all.
  return said.replace(/\bSept\b/, "Sep");
}

/** `Mon 16 Nov 2026, 00:00 UTC`: the zone is always said. */
export function sayInstant(instant: string, timeZone: string, voice: Voice): string {
  const at = Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone);
  const time = at.toPlainTime().toString({ smallestUnit: "minute" });
  return `${sayDay(at.toPlainDate(), voice)}, ${time} ${timeZone}`;
}

export function weeksText(count: number): string {
  return count === 1 ? "1 week" : `${count} weeks`;
}
