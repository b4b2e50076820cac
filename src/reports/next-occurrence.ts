/** When a weekly report is due: wall time in an IANA zone, decided by Temporal alone. */
export interface WeeklyRule {
  /** ISO weekday, 1 Monday to 7 Sunday. */
  weekday: number;
  /** Wall time, `09:00`. */
  wallTime: string;
  timeZone: string;
}

/**
 * The first occurrence strictly after `after`. A wall time that a change of clocks skips is moved
 * forward by the gap; one that occurs twice is taken the first time.
 */
export function nextOccurrence(rule: WeeklyRule, after: Temporal.Instant): Temporal.Instant {
  const today = after.toZonedDateTimeISO(rule.timeZone).toPlainDate();
  const ahead = (rule.weekday - today.dayOfWeek + 7) % 7;
  for (const days of [ahead, ahead + 7]) {
    const at = today
      .add({ days })
      .toZonedDateTime({ timeZone: rule.timeZone, plainTime: rule.wallTime })
      .toInstant();
    if (Temporal.Instant.compare(at, after) > 0) return at;
  }
  throw new Error("a week has an occurrence");
}

/** The latest occurrence at or before `at`. */
export function lastOccurrence(rule: WeeklyRule, at: Temporal.Instant): Temporal.Instant {
  const next = nextOccurrence(rule, at).toZonedDateTimeISO(rule.timeZone);
  return next
    .toPlainDate()
    .subtract({ days: 7 })
    .toZonedDateTime({ timeZone: rule.timeZone, plainTime: rule.wallTime })
    .toInstant();
}
