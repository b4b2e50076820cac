/** What the clock's tick does. Everything in it may be cut off anywhere and is taken up by the next tick. */
import type { Database } from "../db/index.ts";
import { tryPostDeliveries } from "./post-delivery.ts";
import type { ReportContext } from "./report-context.ts";
import { buildScorecards, claimScorecard } from "./report-scorecard.ts";
import { claimSignalLinks } from "./report-signals.ts";
import { ensureSchedule, SCORECARD } from "./run-store.ts";

export function startSchedules(
  db: Database,
  context: ReportContext,
  now: Temporal.Instant,
): Promise<void> {
  return ensureSchedule(db, SCORECARD, context.scorecard.rule, now);
}

/** The number of messages that were sent. */
export async function reportDue(
  context: ReportContext,
  now: () => Temporal.Instant,
): Promise<number> {
  await claimScorecard(context, now());
  const built = await buildScorecards(context, now());
  let sent = await tryPostDeliveries(context, now);
  if (sent === 0 && built.length === 0) return 0;
  for (const week of new Set(built)) await claimSignalLinks(context, week, now());
  sent += await tryPostDeliveries(context, now);
  return sent;
}
