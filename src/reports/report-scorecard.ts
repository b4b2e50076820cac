/** The Monday scorecard: claimed when it is due, built once, then posted to its channels. */
import { addWeeks, buildScorecard, refresh, type WeekStart, weekOf } from "../metrics/index.ts";
import { keepSignals } from "../threads/index.ts";
import type { ReportContext } from "./report-context.ts";
import { claimSignals } from "./report-signals.ts";
import { claimRun, type Run, SCORECARD, storeTold, takeDue, unbuiltRuns } from "./run-store.ts";
import type { ToldScorecard } from "./told.ts";

/** Claims the scorecard when it is due: the run, its deliveries and the next due time in one transaction. */
export async function claimScorecard(
  context: ReportContext,
  now: Temporal.Instant,
): Promise<boolean> {
  const { rule, channels } = context.scorecard;
  const claimed = await takeDue(context.metrics.db, SCORECARD, rule, now, (sql, dueAt) =>
    claimRun(sql, {
      report: SCORECARD,
      period: weekBefore(context, dueAt),
      dueAt,
      now,
      channels: channels.map((channel) => ({ channel, parent: null })),
    }),
  );
  return claimed ?? false;
}

/** The week that is over at `instant`. */
function weekBefore(context: ReportContext, instant: Temporal.Instant): WeekStart {
  const { timeZone, weekStarts } = context.metrics.settings;
  return addWeeks(weekOf(instant.toZonedDateTimeISO(timeZone).toPlainDate(), weekStarts), -1);
}

/** Builds what has been claimed and not been built, also after a crash; the signals go with it. */
export async function buildScorecards(
  context: ReportContext,
  now: Temporal.Instant,
): Promise<WeekStart[]> {
  const runs = await unbuiltRuns(context.metrics.db, SCORECARD);
  for (const run of runs) await buildOne(context, run, now);
  return runs.map((run) => run.period);
}

async function buildOne(context: ReportContext, run: Run, now: Temporal.Instant): Promise<void> {
  const { metrics, scorecard } = context;
  const report = await refresh(metrics.db, metrics.settings, metrics.catalogue, {
    first: scorecard.metrics,
  });
  await keepSignals(metrics.db, report.movements, run.period);
  const told: ToldScorecard = {
    kind: "scorecard",
    scorecard: await buildScorecard(metrics, scorecard.metrics, run.period),
  };
  // Signals first: once the run is told, nobody builds it again.
  await claimSignals(context, run.period, now);
  await storeTold(metrics.db, run, told);
  context.log.info("scorecard_built", { period: run.period, weeks: report.weeks });
}
