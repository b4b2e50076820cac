/** What a refresh costs: the first one, of one new week, and of late rows. */

import { importCsv, importFolder } from "../../src/ingest/index.ts";
import type { Metric } from "../../src/metrics/catalogue/index.ts";
import { type RefreshProgress, type RefreshReport, refresh } from "../../src/metrics/index.ts";
import { ENDS, type World } from "./world.ts";

/** How the progress of a refresh calls the months of a metric. */
export const MONTHS = " by months";

export interface Refreshed {
  ms: number;
  factsMs: number;
  /** Milliseconds by metric; two are computed at once. */
  metrics: ReadonlyMap<string, RefreshProgress>;
  report: RefreshReport;
}

export async function measureRefresh({ data }: World): Promise<Refreshed> {
  const metrics = new Map<string, RefreshProgress>();
  const began = performance.now();
  const report = await refresh(data.work, data.settings, data.catalogue, {
    onProgress: (progress) => metrics.set(progress.metric, progress),
  });
  const ms = performance.now() - began;
  if (report.failed.length > 0) throw new Error(JSON.stringify(report.failed));
  return { ms, factsMs: report.factsMs, metrics, report };
}

const complete = ENDS.toZonedDateTime("UTC").toInstant();

/** The number of rows of usage that it brought. */
export async function importNewWeek({ data, newWeek }: World): Promise<number> {
  const imported = await importFolder(data.work, { ...options(data), folder: newWeek });
  if (!imported.ok) throw new Error(JSON.stringify(imported.fault));
  return imported.value.tables.find(({ table }) => table === "usage_daily")?.new ?? 0;
}

/** A file of usage; the number of rows that were new. */
export async function importUsage({ data }: World, file: string): Promise<number> {
  const imported = await importCsv(data.work, { ...options(data), table: "usage_daily", file });
  if (!imported.ok) throw new Error(JSON.stringify(imported.fault));
  return imported.value.tables[0]?.new ?? 0;
}

function options({ settings }: World["data"]) {
  const { timeZone } = settings;
  return { mode: "upsert" as const, now: complete, completeThrough: complete, timeZone };
}

/** Its cells of a week are made of that week alone. */
export function isOfOneWeek({ window, lag, lookback, aggregation }: Metric): boolean {
  const addsUp = ["sum", "ratio", "hist", "last"].includes(aggregation);
  return (window === 1 || addsUp) && lag === 0 && lookback === 0;
}
