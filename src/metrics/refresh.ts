/** Brings facts, cells and verdicts up to date with the source tables. Restartable anywhere. */
import type { Database } from "../db/index.ts";
import type { Catalogue, Metric, MetricSettings } from "./catalogue/index.ts";
import { firstDataWeek } from "./first-data-week.ts";
import { judgeFamilies, type Movement } from "./judge-families.ts";
import { Failures, type MetricFailure } from "./metric-failures.ts";
import { fiscalYearOf } from "./query/fiscal-year.ts";
import { cellWidths } from "./roll-up/cell-key.ts";
import { refreshFacts } from "./roll-up/refresh-facts.ts";
import { writeCells } from "./roll-up/write-cells.ts";
import { finalWeek, readWatermarks, type Watermarks } from "./watermark.ts";
import { weeksFrom } from "./week.ts";

export interface RefreshOptions {
  /** Rebuild everything, also what no row has marked as changed. */
  full?: boolean;
  /** Metrics to compute first; the others follow in the catalogue's order. */
  first?: readonly string[];
  onMetric?: (done: number, of: number, metric: string, weeks: number) => void;
}

export interface RefreshReport {
  dirtyDays: number;
  staleCells: number;
  /** Weeks computed, added up over metrics and windows. */
  weeks: number;
  movements: readonly Movement[];
  /** Metrics whose SQL the database refused, with its reason; the others are not held up. */
  failed: readonly MetricFailure[];
}

/** Whatever stops it, the next one goes on where it stopped. Throws when the connection is lost. */
export async function refresh(
  db: Database,
  settings: MetricSettings,
  catalogue: Catalogue,
  options: RefreshOptions = {},
): Promise<RefreshReport> {
  const facts = await refreshFacts(db, settings, catalogue, options.full ?? false);
  const watermarks = await readWatermarks(db);
  const ordered = order(catalogue, options.first ?? []);
  const failures = new Failures();
  const fill = (metric: Metric): Promise<number> =>
    failures.attempt(metric, 0, () => fillCells(db, settings, metric, watermarks));
  const weeks = await fillAll(ordered, fill, options.onMetric);
  const movements = await judgeFamilies(db, settings, catalogue, failures);
  const versions = catalogue.computed.map(({ cells }) => `${cells.metric}@${cells.version}`);
  for (const table of ["cell", "told_total"])
    await db.run(`DELETE FROM ${table} WHERE metric || '@' || version <> ALL ($1::text[])`, [
      versions,
    ]);
  await db.run("INSERT INTO refresh_run DEFAULT VALUES");
  return { ...facts, weeks, movements, failed: failures.list() };
}

/** Two at once: each is bound by one core of the database. They start in order. */
async function fillAll(
  ordered: readonly Metric[],
  fill: (metric: Metric) => Promise<number>,
  onMetric: RefreshOptions["onMetric"],
): Promise<number> {
  const queue = [...ordered];
  let weeks = 0;
  let done = 0;
  const work = async (): Promise<void> => {
    for (let metric = queue.shift(); metric !== undefined; metric = queue.shift()) {
      const added = await fill(metric);
      weeks += added;
      onMetric?.(++done, ordered.length, metric.id, added);
    }
  };
  await Promise.all([work(), work()]);
  return weeks;
}

function order(catalogue: Catalogue, first: readonly string[]): Metric[] {
  const read = first.flatMap((id) => cellsReadBy(catalogue.get(id)));
  const rank = ({ cells }: Metric): number =>
    read.includes(cells.metric) ? read.indexOf(cells.metric) : read.length;
  return [...catalogue.computed].sort((a, b) => rank(a) - rank(b));
}

/** The names of the cells that a metric is read from, or its parts are. */
function cellsReadBy(metric: Metric | undefined): string[] {
  if (metric === undefined) return [];
  if (metric.parts.length === 0) return [metric.cells.metric];
  return metric.parts.flatMap((part) => cellsReadBy(part.metric));
}

async function fillCells(
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
