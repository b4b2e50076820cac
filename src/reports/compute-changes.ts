import { type RefreshReport, refresh } from "../metrics/index.ts";
import type { ReportContext } from "./report-context.ts";

/** Brings the figures up to date with the sources, those of `first` before the others. */
export async function computeChanges(
  { metrics, log }: ReportContext,
  first: readonly string[] = [],
): Promise<RefreshReport> {
  const began = performance.now();
  const report = await refresh(metrics.db, metrics.settings, metrics.catalogue, { first });
  const { weeks, staleCells, failed } = report;
  const ms = Math.round(performance.now() - began);
  log.info("refreshed", { weeks, staleCells, failed: failed.length, ms });
  return report;
}
