/** When a report is due: wall time in an IANA zone, decided by Temporal alone. */
export interface WallRule {
  /** ISO weekday, 1 Monday to 7 Sunday; null: every day. */
  weekday: number | null;
  /** Wall time, `09:00`. */
  wallTime: string;
  timeZone: string;
}

/**
 * The first occurrence strictly after `after`. A wall time that a change of clocks skips is moved
 * forward by the gap; one that occurs twice is taken the first time.
 */
export function nextOccurrence(rule: WallRule, after: Temporal.Instant): Temporal.Instant {
  const next = around(rule, after).find((at) => Temporal.Instant.compare(at, after) > 0);
  if (next === undefined) throw new Error("every week and every day has an occurrence");
  return next;
}

/** The latest occurrence at or before `at`. */
export function lastOccurrence(rule: WallRule, at: Temporal.Instant): Temporal.Instant {
  const last = around(rule, at).findLast((one) => Temporal.Instant.compare(one, at) <= 0);
  if (last === undefined) throw new Error("every week and every day has an occurrence");
  return last;
}

/** The occurrences next to an instant: two before, one on or after its day and one more. A zone may skip a whole day. */
function around({ weekday, wallTime, timeZone }: WallRule, instant: Temporal.Instant) {
  const today = instant.toZonedDateTimeISO(timeZone).toPlainDate();
  const every = weekday === null ? 1 : 7;
  const ahead = weekday === null ? 0 : (weekday - today.dayOfWeek + 7) % 7;
  return [-2, -1, 0, 1].map((turn) =>
    today
      .add({ days: ahead + turn * every })
      .toZonedDateTime({ timeZone, plainTime: wallTime })
      .toInstant(),
  );
}
