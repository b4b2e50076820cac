/**
 * What the scorecard does not wait for. Most metrics are in no scorecard, and the first time each takes
 * a good part of a second: they are computed once it is told, and their signals follow then.
 */
import { z } from "zod";
import { isConnectionLoss, type Sql } from "../db/index.ts";
import { errorFields } from "../log.ts";
import type { WeekStart } from "../metrics/index.ts";
import { keepSignals } from "../threads/index.ts";
import { computeChanges } from "./compute-changes.ts";
import { followSignals } from "./follow-signals.ts";
import type { ReportContext } from "./report-context.ts";
import { claimSignals } from "./report-signals.ts";
import { type Run, SCORECARD } from "./run-store.ts";

/** The scorecard's refresh left metrics: teams wait for them, and `computeRest` has something to do. */
export async function owesRest(sql: Sql, { id }: Run): Promise<void> {
  await sql.run("UPDATE run SET rest_due = true WHERE id = $1", [id]);
}

/** The week of the latest scorecard that was told without the rest; null: there is none. */
export async function weekOfRest(sql: Sql): Promise<WeekStart | null> {
  const [row] = await sql.rows(
    z.object({ period: z.string().nullable() }),
    "SELECT max(period)::text AS period FROM run WHERE report = $1 AND rest_due AND told IS NOT NULL",
    [SCORECARD],
  );
  return row?.period ?? null;
}

/** What breaks it is told in the log, and keeps the teams waiting no longer. */
export async function computeRest(
  context: ReportContext,
  now: Temporal.Instant,
  stopping: AbortSignal,
): Promise<void> {
  const { db } = context.metrics;
  const week = await weekOfRest(db);
  if (week === null) return;
  try {
    const { movements, left, unjudged } = await computeChanges(context, { stopping });
    await keepSignals(db, movements, week, unjudged);
    // Stopped in between: the next one goes on where it was.
    if (left.length > 0) return;
    await claimSignals(context, week, now, false);
    await followSignals(context, week, now);
  } catch (error) {
    if (isConnectionLoss(error) || stopping.aborted) throw error;
    context.log.error("refresh_failed", { period: week, ...errorFields(error) });
  }
  await db.run("UPDATE run SET rest_due = false WHERE report = $1 AND period <= $2", [
    SCORECARD,
    week,
  ]);
}
