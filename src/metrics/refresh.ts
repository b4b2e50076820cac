/** Brings facts, cells and verdicts up to date with the source tables. Restartable anywhere. */
import type { Database } from "../db/index.ts";
import { type WeekVerdict, walkVerdicts } from "./analysis/index.ts";
import type { WeekStart } from "./answer.ts";
import type { Catalogue, Metric, MetricSettings } from "./catalogue/index.ts";
import { firstWalkedWeek } from "./judge.ts";
import { observe } from "./observe.ts";
import { firstDataWeek, readSeries } from "./read-series.ts";
import { cellWidths } from "./roll-up/cell-key.ts";
import { computedWeeks } from "./roll-up/read-cells.ts";
import { refreshFacts } from "./roll-up/refresh-facts.ts";
import { writeCells } from "./roll-up/write-cells.ts";
import { storeVerdicts, tellable } from "./verdict-store.ts";
import { finalWeek, readWatermarks, type Watermarks } from "./watermark.ts";
import { addWeeks, weeksFrom } from "./week.ts";

export interface RefreshOptions {
  /** Rebuild everything, also what no row has marked as changed. */
  full?: boolean;
  /** Metrics to compute first; the others follow in the catalogue's order. */
  first?: readonly string[];
  onMetric?: (done: number, of: number, metric: string, weeks: number) => void;
}

/** A movement of the walk, for whoever keeps signals. `ended`: it is no longer open at the walk's end. */
export interface Movement {
  metric: string;
  version: string;
  direction: 1 | -1;
  openedBy: "signal" | "run";
  firstWeek: WeekStart;
  openedWeek: WeekStart;
  closedWeek: WeekStart | null;
}

export interface RefreshReport {
  dirtyDays: number;
  staleCells: number;
  /** Weeks computed, added up over metrics and windows. */
  weeks: number;
  movements: readonly Movement[];
}

export async function refresh(
  db: Database,
  settings: MetricSettings,
  catalogue: Catalogue,
  options: RefreshOptions = {},
): Promise<RefreshReport> {
  const facts = await refreshFacts(db, settings, catalogue, options.full ?? false);
  const watermarks = await readWatermarks(db);
  const ordered = order(catalogue.metrics, options.first ?? []);
  const weeks = await fillAll(db, settings, ordered, watermarks, options.onMetric);
  const movements = await judgeFamilies(db, settings, catalogue, watermarks);
  await db.run("DELETE FROM cell WHERE metric || '@' || version <> ALL ($1::text[])", [
    catalogue.metrics.map((metric) => `${metric.id}@${metric.specVersion}`),
  ]);
  return { ...facts, weeks, movements };
}

/** Two at once: each is bound by one core of the database. They start in order. */
async function fillAll(
  db: Database,
  settings: MetricSettings,
  ordered: readonly Metric[],
  watermarks: Watermarks,
  onMetric: RefreshOptions["onMetric"],
): Promise<number> {
  const queue = [...ordered];
  let weeks = 0;
  let done = 0;
  const work = async (): Promise<void> => {
    for (let metric = queue.shift(); metric !== undefined; metric = queue.shift()) {
      const added = await fillCells(db, settings, metric, watermarks);
      weeks += added;
      onMetric?.(++done, ordered.length, metric.id, added);
    }
  };
  await Promise.all([work(), work()]);
  return weeks;
}

function order(metrics: readonly Metric[], first: readonly string[]): Metric[] {
  const rank = (metric: Metric): number =>
    first.includes(metric.id) ? first.indexOf(metric.id) : first.length;
  return [...metrics].sort((a, b) => rank(a) - rank(b));
}

async function fillCells(
  db: Database,
  settings: MetricSettings,
  metric: Metric,
  watermarks: Watermarks,
): Promise<number> {
  const [begin, last] = [
    await firstDataWeek(db, settings),
    finalWeek(metric, watermarks, settings),
  ];
  if (begin === null || last === null) return 0;
  const all = weeksFrom(begin, last);
  let added = 0;
  for (const width of cellWidths(metric)) {
    const computed = await computedWeeks(db, metric, width, all);
    const missing = all.filter((week) => !computed.has(week));
    await writeCells(db, settings, metric, width, missing);
    added += missing.length;
  }
  return added;
}

/** The tested metrics of a layer are one family, whatever a channel shows (METRICS.md 4.2 B). */
async function judgeFamilies(
  db: Database,
  settings: MetricSettings,
  catalogue: Catalogue,
  watermarks: Watermarks,
): Promise<Movement[]> {
  const movements: Movement[] = [];
  for (const layer of new Set(catalogue.metrics.map((metric) => metric.layer))) {
    const family = catalogue.metrics.filter(
      (metric) =>
        metric.layer === layer &&
        metric.test !== null &&
        finalWeek(metric, watermarks, settings) !== null,
    );
    movements.push(...(await judgeFamily(db, settings, family, watermarks)));
  }
  return movements;
}

async function judgeFamily(
  db: Database,
  settings: MetricSettings,
  family: readonly Metric[],
  watermarks: Watermarks,
): Promise<Movement[]> {
  const finals = family.map((metric) => finalWeek(metric, watermarks, settings) ?? "");
  const last = finals.reduce((a, b) => (a > b ? a : b), "");
  const first = last === "" ? null : await firstWalkedWeek(db, settings, last);
  if (first === null) return [];
  const weeks = weeksFrom(first, last);
  const series = await Promise.all(
    family.map(async (metric, i) => {
      const weekly = await readSeries(db, settings, {
        metric,
        weeks: weeks.filter((week) => week <= (finals[i] ?? "")),
        width: 1,
        filters: {},
        by: null,
        exact: false,
      });
      const observed = observe(metric, weekly);
      if (observed === null) throw new Error(`${metric.id} has no test`);
      // A metric whose sources are late has none weeks at the end, so that the family stays in step.
      return { ...observed, observations: weeks.map((_, w) => observed.observations[w] ?? null) };
    }),
  );
  const walked = walkVerdicts(series);
  await db.transaction(async (sql) => {
    for (const [i, metric] of family.entries()) {
      const verdicts = (walked[i] ?? []).map(
        (verdict, w) => [addWeeks(first, w), tellable(metric, verdict, first)] as const,
      );
      await storeVerdicts(
        sql,
        metric,
        new Map(verdicts.filter(([week]) => week <= (finals[i] ?? ""))),
      );
    }
  });
  return family.flatMap((metric, i) => movementsOf(metric, walked[i] ?? [], first));
}

function movementsOf(
  metric: Metric,
  verdicts: readonly WeekVerdict[],
  first: WeekStart,
): Movement[] {
  const found: Movement[] = [];
  verdicts.forEach((verdict, week) => {
    for (const { first: began } of verdict.ended) {
      const open = found.findLast(
        (movement) => movement.closedWeek === null && movement.firstWeek === addWeeks(first, began),
      );
      if (open) open.closedWeek = addWeeks(first, week);
    }
    const { movement } = verdict;
    if (movement?.openedIn !== week) return;
    found.push({
      metric: metric.id,
      version: metric.specVersion,
      direction: movement.direction,
      openedBy: movement.openedBy,
      firstWeek: addWeeks(first, movement.first),
      openedWeek: addWeeks(first, week),
      closedWeek: null,
    });
  });
  return found;
}
