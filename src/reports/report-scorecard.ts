/** The Monday scorecard: claimed when it is due, built once, then posted to its channels. */
import { isConnectionLoss } from "../db/index.ts";
import { errorFields } from "../log.ts";
import {
  addWeeks,
  buildScorecard,
  type QueryFault,
  refresh,
  type WeekStart,
  weekOf,
} from "../metrics/index.ts";
import { keepSignals } from "../threads/index.ts";
import { endSuperseded } from "./delivery-store.ts";
import { rebuildAfter } from "./next-step.ts";
import type { ReportContext } from "./report-context.ts";
import { claimSignals } from "./report-signals.ts";
import {
  claimRun,
  delayBuild,
  lockBuild,
  type Run,
  SCORECARD,
  storeTold,
  takeDue,
  unbuiltRun,
} from "./run-store.ts";
import type { ToldScorecard } from "./told.ts";

/** Claims the scorecard when it is due: the run, its deliveries and the next due time in one transaction. */
export async function claimScorecard(
  context: ReportContext,
  now: Temporal.Instant,
): Promise<boolean> {
  const { rule, channels } = context.scorecard;
  const claimed = await takeDue(context.metrics.db, SCORECARD, rule, now, async (sql, dueAt) => {
    const period = weekBefore(context, dueAt);
    await endSuperseded(sql, SCORECARD, period);
    return claimRun(sql, {
      report: SCORECARD,
      period,
      dueAt,
      now,
      channels: channels.map((channel) => ({ channel, parent: null })),
    });
  });
  return claimed ?? false;
}

/** The week that is over at `instant`. */
function weekBefore(context: ReportContext, instant: Temporal.Instant): WeekStart {
  const { timeZone, weekStarts } = context.metrics.settings;
  return addWeeks(weekOf(instant.toZonedDateTimeISO(timeZone).toPlainDate(), weekStarts), -1);
}

/** Builds what has been claimed and not been built, also after a crash; the signals go with it. */
export async function buildDue(context: ReportContext, now: Temporal.Instant): Promise<void> {
  const { db } = context.metrics;
  const run = await unbuiltRun(db, SCORECARD);
  if (run === null) return;
  await db.transaction(async (sql) => {
    if (!(await lockBuild(sql, run))) return;
    try {
      await build(context, run, now);
    } catch (error) {
      if (isConnectionLoss(error)) throw error;
      const waitMs = rebuildAfter(run.failures + 1);
      const about = { period: run.period, failures: run.failures + 1, waitMs };
      context.log.error("scorecard_not_built", { ...about, ...errorFields(error) });
      await delayBuild(db, run, waitMs);
    }
  });
}

/** So often a failure may be the database's; after that it is a metric's, and the others are told without it. */
const PATIENT_BUILDS = 2;

async function build(context: ReportContext, run: Run, now: Temporal.Instant): Promise<void> {
  const { metrics, scorecard } = context;
  const isPatient = run.failures < PATIENT_BUILDS;
  await bringUpToDate(context, run, isPatient);
  const built = await buildScorecard(metrics, scorecard.metrics, run.period);
  const broken = built.rows.filter((row) => row.kind === "failed" && !isFault(row.reason));
  if (broken.length > 0 && isPatient) throw new RowsFailed();
  const told: ToldScorecard = { kind: "scorecard", scorecard: built };
  // Signals first: once the run is told, nobody builds it again.
  await claimSignals(context, run.period, now, isPatient);
  await storeTold(metrics.db, run, told);
  context.log.info("scorecard_built", { period: run.period, failed: broken.length });
}

/** A metric whose SQL breaks must not keep the others from being told, with what has been computed. */
async function bringUpToDate(context: ReportContext, run: Run, isPatient: boolean): Promise<void> {
  const { metrics, scorecard } = context;
  try {
    const report = await refresh(metrics.db, metrics.settings, metrics.catalogue, {
      first: scorecard.metrics,
    });
    await keepSignals(metrics.db, report.movements, run.period);
  } catch (error) {
    if (isPatient || isConnectionLoss(error)) throw error;
    context.log.error("refresh_failed", { period: run.period, ...errorFields(error) });
  }
}

class RowsFailed extends Error {
  override name = "RowsFailed";
}

/** Reasons that trying again does not mend. */
function isFault(reason: string): boolean {
  const faults: readonly string[] = [
    "unknown_metric",
    "unknown_dimension",
    "week_out_of_range",
    "no_data",
  ] satisfies QueryFault["kind"][];
  return faults.includes(reason);
}
