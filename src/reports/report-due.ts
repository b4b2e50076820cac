/** What the clock's tick does. Everything in it may be cut off anywhere and is taken up by the next tick. */
import type { Database } from "../db/index.ts";
import { postDeliveries } from "./post-delivery.ts";
import type { ReportContext } from "./report-context.ts";
import { buildDue, claimScorecard } from "./report-scorecard.ts";
import { claimSignalLinks } from "./report-signals.ts";
import { ensureSchedule, SCORECARD } from "./run-store.ts";

export function startSchedules(
  db: Database,
  context: ReportContext,
  now: Temporal.Instant,
): Promise<void> {
  return ensureSchedule(db, SCORECARD, context.scorecard.rule, now);
}

/**
 * The number of messages that were sent. What fails of it does not keep the rest from being done; the
 * first failure is thrown at the end. Once `stopping`, no further message is begun.
 */
export async function reportDue(
  context: ReportContext,
  now: () => Temporal.Instant,
  stopping: AbortSignal,
): Promise<number> {
  let sent = 0;
  const post = async (): Promise<void> => {
    sent += await postDeliveries(context, now, stopping);
  };
  const steps: readonly (() => Promise<unknown>)[] = [
    () => claimScorecard(context, now()),
    () => buildDue(context, now()),
    post,
    () => claimSignalLinks(context, now()),
    post,
  ];
  const failures: unknown[] = [];
  for (const step of steps) {
    if (stopping.aborted) break;
    await step().catch((error: unknown) => failures.push(error));
  }
  if (failures.length > 0) throw failures[0];
  return sent;
}
