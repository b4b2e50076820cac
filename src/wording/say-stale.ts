/** Data that have stopped coming: the newest number is then not of the week that is over. */

import type { Answer } from "../metrics/index.ts";
import { addPeriods, periodsFrom } from "../periods.ts";
import { periodName } from "./say-period.ts";

type Dated = Pick<Answer, "week" | "grain" | "status" | "asOf" | "timeZone">;

/**
 * `Data are 9 days old: 2026-W47 is missing.`, when the latest final week is not the one before the
 * week of `now`; none otherwise.
 */
export function sayStale(
  { week, grain, status, asOf, timeZone }: Dated,
  now: Temporal.Instant,
): string[] {
  if (asOf === null || status === "open") return [];
  const today = now.toZonedDateTimeISO(timeZone).toPlainDate();
  // The day decides, and not the week that it lies in: weeks begin with the day that `week` is.
  const over = periodsFrom(addPeriods(week, 2, grain), today.toString(), grain).length;
  if (over < 1) return [];
  const [first, last] = [1, over].map((ago) => periodName(addPeriods(week, ago, grain), grain));
  const missing = over === 1 ? `${first} is missing` : `${first} to ${last} are missing`;
  return [`Data are ${sayAge(Temporal.Instant.from(asOf), now)} old: ${missing}.`];
}

function sayAge(from: Temporal.Instant, now: Temporal.Instant): string {
  const hours = Math.max(0, Math.floor(from.until(now).total("hours")));
  if (hours < 48) return hours === 1 ? "1 hour" : `${hours} hours`;
  return `${Math.floor(hours / 24)} days`;
}
