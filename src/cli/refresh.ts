import { scorecardMetrics } from "../contexts.ts";
import { type Database, sqlState } from "../db/index.ts";
import { brokenViews } from "../ingest/index.ts";
import { latestScorecardWeek, type MetricFailure, refresh } from "../metrics/index.ts";
import { keepSignals } from "../threads/index.ts";
import { ProgressBar, refreshLine } from "./progress-bar.ts";
import { tellBrokenView } from "./tell-broken-view.ts";
import { tellOwnSql } from "./tell-own-sql.ts";
import { complain, DONE, FAILED, print } from "./terminal.ts";
import { withData } from "./with-data.ts";

/** Brings facts, cells and verdicts up to date, the scorecard's first; progress on a terminal's stderr. */
export function refreshAll(options: { full?: boolean }): Promise<number> {
  const bar = new ProgressBar(process.stderr);
  return withData(async ({ data, config }) => {
    const { work, catalogue, settings } = data;
    const started = performance.now();
    const report = await refresh(work, settings, catalogue, {
      full: options.full ?? false,
      first: scorecardMetrics(config, data),
      onProgress: (progress) =>
        bar.show("refresh", progress.done === progress.of, () => refreshLine(progress)),
    })
      .finally(() => bar.clear())
      .catch((error: unknown) => tellOwnViews(work, error));
    if (report === null) return FAILED;
    const week = await latestScorecardWeek(
      { db: work, catalogue, settings },
      catalogue.metrics.map((metric) => metric.id),
    );
    if (week !== null) await keepSignals(work, report.movements, week, report.unjudged);
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    print(
      `${report.weeks} metric weeks computed in ${seconds} s; ${report.dirtyDays} changed days, ${report.staleCells} cells computed anew.`,
    );
    for (const failure of report.failed) complain(tellFailure(failure));
    return report.failed.length > 0 ? FAILED : DONE;
  }, "What was computed is kept; the next kpi refresh goes on from there.");
}

/** Rows of a view may be what no import would take. An error that is not theirs is thrown. */
async function tellOwnViews(db: Database, error: unknown): Promise<null> {
  const isOfData = /^2[1-3]/.test(sqlState(error) ?? "");
  const broken = isOfData ? await brokenViews(db) : [];
  if (broken.length === 0) throw error;
  for (const [said, next] of broken.map(tellBrokenView)) complain(`${said}. ${next}`);
  return null;
}

function tellFailure({ metric, reason, own }: MetricFailure): string {
  if (own === null) return `${metric} was not computed: ${reason}`;
  const { problem, next } = tellOwnSql(own);
  return `${problem} ${next}`;
}
