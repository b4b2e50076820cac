/** How long a report waits for what is late. */
import type { ReportContext } from "./report-context.ts";
import type { Run } from "./run-store.ts";

/** When the scorecard is due, and how long it may wait for late data. */
export type Hold = Pick<ReportContext["scorecard"], "rule" | "holdUntil">;

/** Whether it is before `hold_until` of the day on which it was due. */
export function isHeld(
  { scorecard }: { scorecard: Hold },
  { dueAt }: Pick<Run, "dueAt">,
  now: Temporal.Instant,
): boolean {
  const { rule, holdUntil } = scorecard;
  if (holdUntil === null) return false;
  const until = Temporal.Instant.from(dueAt)
    .toZonedDateTimeISO(rule.timeZone)
    .withPlainTime(holdUntil)
    .toInstant();
  return Temporal.Instant.compare(now, until) < 0;
}
