/** Computes the cells that are missing, metric by metric. */
import type { Database } from "../db/index.ts";
import { latestFinal, periodsFrom } from "../periods.ts";
import type { Metric, MetricSettings } from "./catalogue/index.ts";
import { firstDataWeek } from "./first-data-week.ts";
import { fiscalYearOf } from "./query/fiscal-year.ts";
import { cellWidths, MONTH } from "./roll-up/cell-key.ts";
import { writeCells } from "./roll-up/write-cells.ts";
import { asOf, finalWeek, type Watermarks } from "./watermark.ts";
import { weeksFrom } from "./week.ts";

/** A metric that has been computed. */
export interface FilledMetric {
  metric: string;
  /** Weeks computed, added up over its widths. */
  weeks: number;
  ms: number;
}

/**
 * Two at once, since each is bound by one core of the database; they start in order. When one of
 * them throws, the other ends with its metric, and only then is it thrown: nothing runs on unseen.
 * Once `stopping` is aborted, no further metric is begun.
 */
export async function fillAll(
  ordered: readonly Metric[],
  fill: (metric: Metric) => Promise<number>,
  onFilled: (filled: FilledMetric) => void,
  stopping?: AbortSignal,
): Promise<void> {
  const queue = [...ordered];
  const thrown: unknown[] = [];
  const work = async (): Promise<void> => {
    for (let metric = queue.shift(); metric !== undefined; metric = queue.shift()) {
      if (stopping?.aborted || thrown.length > 0) return;
      const began = performance.now();
      const weeks = await fill(metric);
      onFilled({ metric: metric.id, weeks, ms: performance.now() - began });
    }
  };
  const workers = [work(), work()].map((each) => each.catch((error) => void thrown.push(error)));
  await Promise.all(workers);
  if (thrown.length > 0) throw thrown[0];
}

/** The weeks computed of one metric: of all that are final, those without cells. */
export async function fillCells(
  db: Database,
  settings: MetricSettings,
  metric: Metric,
  watermarks: Watermarks,
): Promise<number> {
  const begin = await firstDataWeek(db, settings, metric);
  const last = finalWeek(metric, watermarks, settings);
  if (begin === null || last === null) return 0;
  // A value of the year needs the year's first weeks, also those before the first sign-up.
  const ofYear = metric.aggregation === "year_to_date";
  const weeks = weeksFrom(ofYear ? fiscalYearOf(begin, settings).firstWeek : begin, last);
  return writeCells(db, settings, metric, cellWidths(metric), weeks);
}

/** The same of months, of a metric that has cells of them. */
export async function fillMonths(
  db: Database,
  settings: MetricSettings,
  metric: Metric,
  watermarks: Watermarks,
): Promise<number> {
  const begin = await firstDataWeek(db, settings, metric, "facts", MONTH);
  const mark = asOf(metric, watermarks);
  if (begin === null || mark === null) return 0;
  const months = periodsFrom(begin, latestFinal(mark, settings, MONTH), MONTH);
  return writeCells(db, settings, metric, [1], months, MONTH);
}
