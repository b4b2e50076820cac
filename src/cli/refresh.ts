import { latestScorecardWeek, refresh } from "../metrics/index.ts";
import { keepSignals } from "../threads/index.ts";
import { complain, DONE, print } from "./terminal.ts";
import { withData } from "./with-data.ts";

/** Brings facts, cells and verdicts up to date; progress on stderr, and only on a terminal. */
export function refreshAll(options: { full?: boolean }): Promise<number> {
  return withData(async ({ data: { work, catalogue, settings } }) => {
    const started = performance.now();
    const report = await refresh(work, settings, catalogue, {
      full: options.full ?? false,
      onMetric: (done, of, metric, weeks) => {
        if (process.stderr.isTTY) complain(`${done}/${of} ${metric}: ${weeks} weeks`);
      },
    });
    const week = await latestScorecardWeek(
      { db: work, catalogue, settings },
      catalogue.metrics.map((metric) => metric.id),
    );
    if (week !== null) await keepSignals(work, report.movements, week);
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    print(
      `${report.weeks} metric weeks computed in ${seconds} s; ${report.dirtyDays} changed days, ${report.staleCells} cells renewed.`,
    );
    return DONE;
  }, "What was computed is kept; the next kpi refresh goes on from there.");
}
