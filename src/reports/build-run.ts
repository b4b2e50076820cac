/** Builds what has been claimed and not been built, also after a crash: once, as data. */
import { isConnectionLoss } from "../db/index.ts";
import { errorFields } from "../log.ts";
import type { Build } from "./build.ts";
import { awaitsLoad } from "./load-run.ts";
import { rebuildAfter } from "./next-step.ts";
import type { ReportContext } from "./report-context.ts";
import { buildScorecardRun } from "./report-scorecard.ts";
import { buildTeamRun } from "./report-team.ts";
import { delayBuild, holdBuild, lockBuild, SCORECARD, storeTold, unbuiltRun } from "./run-store.ts";
import type { Told } from "./told.ts";

/** So often a failure may be the database's; after that it is a metric's, and the others are told without it. */
const PATIENT_BUILDS = 2;
/** Between two looks for late data. */
const HOLD_MS = 30_000;
/** Between two looks whether the load has come to its end. */
const LOAD_MS = 5_000;

export async function buildRun(
  context: ReportContext,
  report: string,
  now: Temporal.Instant,
): Promise<void> {
  const { db } = context.metrics;
  const run = await unbuiltRun(db, report, now);
  if (run === null) return;
  await db.transaction(async (sql) => {
    if (!(await lockBuild(sql, run))) return;
    if (await awaitsLoad(context, run, now)) return holdBuild(db, run, LOAD_MS);
    try {
      const told = await build(context, { run, now, isPatient: run.failures < PATIENT_BUILDS });
      if (told === null) await holdBuild(db, run, HOLD_MS);
      else await storeTold(db, run, told);
    } catch (error) {
      if (isConnectionLoss(error)) throw error;
      const waitMs = rebuildAfter(run.failures + 1);
      const about = { report, period: run.period, failures: run.failures + 1, waitMs };
      context.log.error("report_not_built", { ...about, ...errorFields(error) });
      await delayBuild(db, run, waitMs);
    }
  });
}

function build(context: ReportContext, about: Build): Promise<Told | null> {
  return about.run.report === SCORECARD
    ? buildScorecardRun(context, about)
    : buildTeamRun(context, about);
}
