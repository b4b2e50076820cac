/** The Monday scorecard of a run: the data brought up to date, late ones waited for, the signals claimed. */
import { isConnectionLoss } from "../db/index.ts";
import { errorFields } from "../log.ts";
import { keepSignals } from "../threads/index.ts";
import { type Build, buildRows } from "./build.ts";
import { computeChanges } from "./compute-changes.ts";
import { owesRest } from "./compute-rest.ts";
import { followSignals } from "./follow-signals.ts";
import { isHeld } from "./hold.ts";
import type { ReportContext } from "./report-context.ts";
import { claimSignals } from "./report-signals.ts";
import type { Run } from "./run-store.ts";
import type { ToldScorecard } from "./told.ts";

/** Null while a source is late that may still come in time. Throws what is worth another try. */
export async function buildScorecardRun(
  context: ReportContext,
  { run, now, isPatient }: Build,
): Promise<ToldScorecard | null> {
  await bringUpToDate(context, run, isPatient);
  const scorecard = await buildRows(context, context.scorecard.metrics, run, isPatient);
  const late = scorecard.rows.filter(({ kind }) => kind === "late");
  if (late.length > 0 && isHeld(context, run, now)) {
    context.log.info("scorecard_held", { period: run.period, late: late.length });
    return null;
  }
  // Signals first: once the run is told, nobody builds it again.
  await claimSignals(context, run.period, now, isPatient);
  await followSignals(context, run.period, now);
  context.log.info("scorecard_built", { period: run.period, late: late.length });
  return { kind: "scorecard", scorecard };
}

/** A metric whose SQL breaks must not keep the others from being told, with what has been computed. */
async function bringUpToDate(context: ReportContext, run: Run, isPatient: boolean): Promise<void> {
  const { db } = context.metrics;
  try {
    const { movements, left, unjudged } = await computeChanges(context, { onlyFirst: true });
    if (left.length > 0) await owesRest(db, run);
    await keepSignals(db, movements, run.period, unjudged);
  } catch (error) {
    if (isPatient || isConnectionLoss(error)) throw error;
    context.log.error("refresh_failed", { period: run.period, ...errorFields(error) });
  }
}
