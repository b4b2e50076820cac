/**
 * Weeks, months and quarters as dates of their first day. Of weeks where no grain is given. Calendar
 * arithmetic only; instants come in with a zone.
 */

/** Quarters are those of the fiscal year, which begins with the month `yearStarts`, 1 to 12. */
export type Grain = { unit: "month" } | { unit: "quarter"; yearStarts: number };

/** The period that `day` lies in. `weekStarts` is an ISO weekday, 1 Monday to 7 Sunday. */
export function periodOf(day: Temporal.PlainDate, weekStarts: number, grain?: Grain): string {
  if (grain === undefined)
    return day.subtract({ days: (day.dayOfWeek - weekStarts + 7) % 7 }).toString();
  const first = day.with({ day: 1 });
  if (grain.unit === "month") return first.toString();
  return first.subtract({ months: (first.month - grain.yearStarts + 12) % 3 }).toString();
}

export function addPeriods(period: string, count: number, grain?: Grain): string {
  const step = grain === undefined ? { days: 7 * count } : { months: count * monthsOf(grain) };
  return Temporal.PlainDate.from(period).add(step).toString();
}

/** The day after the last one. */
export function endOf(period: string, grain?: Grain): string {
  return addPeriods(period, 1, grain);
}

/** All periods from `first` to `last`, both included; none when last is before first. */
export function periodsFrom(first: string, last: string, grain?: Grain): string[] {
  const periods: string[] = [];
  for (let at = first; at <= last; at = addPeriods(at, 1, grain)) periods.push(at);
  return periods;
}

/** The latest period that is over at `asOf`: whose following one has begun in `timeZone`. */
export function latestFinal(
  asOf: Temporal.Instant,
  { timeZone, weekStarts }: { timeZone: string; weekStarts: number },
  grain?: Grain,
): string {
  const day = asOf.toZonedDateTimeISO(timeZone).toPlainDate();
  return addPeriods(periodOf(day, weekStarts, grain), -1, grain);
}

export function monthsOf({ unit }: Grain): number {
  return unit === "month" ? 1 : 3;
}
