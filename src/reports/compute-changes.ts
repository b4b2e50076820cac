import { type RefreshReport, refresh } from "../metrics/index.ts";
import type { ReportContext } from "./report-context.ts";

interface Extent {
  /** Only what the scorecard waits for; `computeRest` does the others. */
  onlyFirst?: boolean;
  stopping?: AbortSignal;
}

/** Brings the figures up to date with the sources, those of the scorecard before the others. */
export async function computeChanges(
  { metrics, scorecard, log }: ReportContext,
  extent: Extent = {},
): Promise<RefreshReport> {
  const began = performance.now();
  const options = { first: scorecard.metrics, ...extent };
  const report = await refresh(metrics.db, metrics.settings, metrics.catalogue, options);
  const { weeks, staleCells, failed, left } = report;
  const ms = Math.round(performance.now() - began);
  for (const { metric, own } of failed)
    log.warn("metric_not_computed", { metric, reason: own?.reason.kind ?? "broken" });
  log.info("refreshed", { weeks, staleCells, failed: failed.length, left: left.length, ms });
  return report;
}
