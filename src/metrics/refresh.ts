/** Brings facts, cells and verdicts up to date with the source tables. Restartable anywhere. */
import type { Database } from "../db/index.ts";
import type { Catalogue, Metric, MetricSettings } from "./catalogue/index.ts";
import { type FilledMetric, fillAll, fillCells, fillMonths } from "./fill-cells.ts";
import { needsOf } from "./held.ts";
import { judgeFamilies, type Movement } from "./judge-families.ts";
import { Failures, type MetricFailure } from "./metric-failures.ts";
import { type Stage, stagesOf } from "./refresh-stages.ts";
import { hasMonths } from "./roll-up/cell-key.ts";
import { dropUnmarked } from "./roll-up/drop-unmarked.ts";
import { refreshFacts } from "./roll-up/refresh-facts.ts";
import { refreshLabels } from "./roll-up/refresh-labels.ts";
import { readWatermarks } from "./watermark.ts";

export interface RefreshOptions {
  /** Rebuild everything, also what no row has marked as changed. */
  full?: boolean;
  /** What is waited for: these are computed and judged before the others, with the rest of their layers. */
  first?: readonly string[];
  /** Ends there: the others are left to a later refresh. */
  onlyFirst?: boolean;
  /** Aborted when it is to come to an end; the metric at work is computed to its end. */
  stopping?: AbortSignal | undefined;
  onProgress?: (progress: RefreshProgress) => void;
}

export interface RefreshProgress extends FilledMetric {
  done: number;
  of: number;
}

export interface RefreshReport {
  dirtyDays: number;
  staleCells: number;
  /** Milliseconds that the facts took. */
  factsMs: number;
  /** Weeks computed, added up over metrics and windows. */
  weeks: number;
  movements: readonly Movement[];
  /** Metrics whose SQL the database refused, with its reason; the others are not held up. */
  failed: readonly MetricFailure[];
  /** Metrics that a later refresh computes and judges; none when it came to its end. */
  left: readonly string[];
  /** Of which it says nothing new: those that are left, and those that failed. */
  unjudged: readonly string[];
}

/** Whatever stops it, the next one goes on where it stopped. Throws when the connection is lost. */
export async function refresh(
  db: Database,
  settings: MetricSettings,
  catalogue: Catalogue,
  options: RefreshOptions = {},
): Promise<RefreshReport> {
  const began = performance.now();
  const facts = await refreshFacts(db, settings, catalogue, options.full ?? false);
  const failures = new Failures();
  const relabelled = await refreshLabels(db, settings, catalogue, failures);
  const unmarked = await dropUnmarked(db, settings, catalogue);
  const factsMs = performance.now() - began;
  const stages = stagesOf(catalogue, options.first ?? []);
  const asked = options.onlyFirst ? stages.slice(0, 1) : stages;
  const { reached, ...computed } = await computeStages(db, settings, asked, options, failures);
  const later = stages.filter((stage) => !reached.includes(stage));
  const left = later.flatMap(({ metrics }) => metrics.map(({ id }) => id));
  const unjudged = [...left, ...computed.failed.map(({ metric }) => metric)];
  await db.run("INSERT INTO refresh_run DEFAULT VALUES");
  const staleCells = facts.staleCells + relabelled + unmarked;
  return { ...facts, staleCells, factsMs, ...computed, left, unjudged };
}

/** Fills and judges one stage after the other, as far as it gets. */
async function computeStages(
  db: Database,
  settings: MetricSettings,
  stages: readonly Stage[],
  { onlyFirst, stopping, onProgress }: RefreshOptions,
  failures: Failures,
): Promise<Pick<RefreshReport, "weeks" | "movements" | "failed"> & { reached: Stage[] }> {
  const computed = stages.flatMap((stage) => stage.computed);
  const watermarks = await readWatermarks(db, "facts", needsOf(computed));
  const [reached, movements]: [Stage[], Movement[]] = [[], []];
  // Months are waited for by nobody: what is missing is answered from the facts.
  const monthly = onlyFirst ? [] : computed.filter(hasMonths);
  const of = computed.length + monthly.length;
  let [weeks, done] = [0, 0];
  const fill = (metric: Metric): Promise<number> =>
    failures.attempt(metric, 0, () => fillCells(db, settings, metric, watermarks));
  const months = (metric: Metric): Promise<number> =>
    failures.attempt(metric, 0, () => fillMonths(db, settings, metric, watermarks));
  const tell = (filled: FilledMetric): void => onProgress?.({ ...filled, done: ++done, of });
  const note = (filled: FilledMetric): void => {
    weeks += filled.weeks;
    tell(filled);
  };
  const noteMonths = (filled: FilledMetric): void =>
    tell({ ...filled, metric: `${filled.metric} by months` });
  for (const stage of stages) {
    await fillAll(stage.computed, fill, note, stopping);
    if (stopping?.aborted) break;
    movements.push(...(await judgeFamilies(db, settings, stage.metrics, failures)));
    reached.push(stage);
  }
  await fillAll(monthly, months, noteMonths, stopping);
  return { reached, weeks, movements, failed: failures.list() };
}
