/** Which cells a metric has, and which of them can answer a question. */

import { addPeriods, endOf, type Grain } from "../../periods.ts";
import type { Filters, WeekStart } from "../answer.ts";
import { isFixed, type Metric, type MetricSettings } from "../catalogue/index.ts";
import { fiscalYearOf } from "../query/fiscal-year.ts";
import { addWeeks } from "../week.ts";

/** '' the total, '*' all dimensions together, else the name of a single dimension. */
export type DimensionSet = string;
export const TOTAL: DimensionSet = "";
export const FULL: DimensionSet = "*";

/**
 * The widths at which cells are kept. Sums of weeks make every wider window; what has to be run
 * anew on its window (rerun, rebase) is kept at its own width and at one week, which the verdict walks.
 */
export function cellWidths(metric: Metric): number[] {
  if (metric.partOnly) return [addsUpOverWeeks(metric) ? 1 : metric.window];
  return addsUpOverWeeks(metric) || metric.window === 1 ? [1] : [1, metric.window];
}

/** The one grain besides weeks that cells are kept by. */
export const MONTH = { unit: "month" } as const satisfies Grain;

/**
 * Whether months have cells: where what happened is read day by day. What has to be run anew is kept
 * by nobody for a window that few ask about, and a stock is one look at the facts.
 */
export function hasMonths({ aggregation, partOnly, week_by_week }: Metric): boolean {
  return !partOnly && !week_by_week && ["sum", "ratio", "hist"].includes(aggregation);
}

/** Whether units are read by account: to be counted in the cells, or beside them. Single values are not. */
export function isByAccount({ n, values, isCounted }: Metric): boolean {
  return values === undefined && (n === "accounts" || isCounted);
}

/** Cells that are computed together: the sets that add up the same units, and what those carry. */
export interface CellPass {
  group: readonly string[];
  sets: readonly DimensionSet[];
}

/** The units of an overlapping dimension are others than those of the total. */
export function cellPasses(metric: Metric): CellPass[] {
  const plain = plainDimensions(metric);
  const sets = [TOTAL, ...plain, ...(hasFullSet(metric) ? [FULL] : [])];
  return [
    { group: plain, sets },
    ...metric.overlapping.map((name) => ({ group: [name], sets: [name] })),
  ];
}

export function plainDimensions(metric: Metric): string[] {
  return metric.dimensions.filter((name) => !metric.overlapping.includes(name));
}

/** Counted accounts and quantiles of each combination never add up: nothing would read the set. */
function hasFullSet(metric: Metric): boolean {
  return plainDimensions(metric).length > 1 && metric.n === "sum" && metric.values === undefined;
}

/** In the full set the tier stands in the key, so that a question about one tier reads only its cells. */
export function codedDimensions(metric: Metric, set: DimensionSet): string[] {
  if (set === TOTAL) return [];
  return set === FULL ? plainDimensions(metric).filter((name) => name !== "tier") : [set];
}

/** A stock holds for its last week whatever the window; sums and ratios add their weeks up. */
function addsUpOverWeeks(metric: Metric): boolean {
  return ["sum", "ratio", "hist", "last", "year_to_date"].includes(metric.aggregation);
}

/** How cells answer a question: which set, of which width, and which weeks are added up. */
export interface CellPlan {
  set: DimensionSet;
  cellWidth: number;
  /** Of the cells; absent: weeks. */
  cellGrain?: Grain;
  /** The first and the last week (or month) whose cells are part of a week's (or quarter's) value. */
  since(week: WeekStart): WeekStart;
  until(week: WeekStart): WeekStart;
}

/** Null: they cannot. */
export function planCells(
  metric: Metric,
  settings: MetricSettings,
  width: number,
  filters: Filters,
  by: string | null,
  grain?: Grain,
): CellPlan | null {
  const asked = new Set([...Object.keys(filters), ...(by ? [by] : [])]);
  if ([...asked].some((name) => !metric.dimensions.includes(name))) return null;
  const set = asked.size === 0 ? TOTAL : asked.size === 1 ? ([...asked][0] ?? TOTAL) : FULL;
  const window = grain ? monthPlan(metric, width, grain) : windowPlan(metric, settings, width);
  if (window === null) return null;
  if (set === FULL && !(hasFullSet(metric) && [...asked].every((name) => isPlain(metric, name))))
    return null;
  if (!addsUpOverValues(metric, set) && by !== set && (filters[set]?.length ?? 0) > 1) return null;
  return { set, ...window };
}

/**
 * Whether an account stands under one label of it in a window, so that counts of accounts add up
 * over its labels. Of an event each has its tier; so has each week of a year.
 */
export function hasOneLabel(metric: Metric, dimension: string): boolean {
  const { tier, aggregation } = metric;
  if (isFixed(metric, dimension)) return true;
  return dimension === "tier" && tier !== "event" && aggregation !== "year_to_date";
}

/** The sets by which accounts are counted; all dimensions together only where the counts add up. */
export function countedSets(metric: Metric): DimensionSet[] {
  const plain = plainDimensions(metric);
  const addsUp = plain.length > 1 && plain.every((name) => hasOneLabel(metric, name));
  return [TOTAL, ...plain, ...(addsUp ? [FULL] : [])];
}

export function countedDimensions(metric: Metric, set: DimensionSet): string[] {
  if (set === TOTAL) return [];
  return set === FULL ? plainDimensions(metric) : [set];
}

/** Where the counts of a question's accounts stand. */
export interface CountPlan {
  set: DimensionSet;
  width: number;
}

/**
 * Null: nowhere. Distinct accounts are never added up over weeks, so a window has its own counts or
 * none; a stock is that of its last week, and the year so far is counted up to each of its weeks.
 */
export function planCounts(
  metric: Metric,
  width: number,
  dimensions: readonly string[],
  grain?: Grain,
): CountPlan | null {
  if (grain !== undefined && !(hasMonths(metric) && grain.unit === "month")) return null;
  const [set = TOTAL, ...others] = dimensions;
  const kept = { set: others.length === 0 ? set : FULL, width: countedWidth(metric, width) };
  if (dimensions.some((name) => !plainDimensions(metric).includes(name))) return null;
  return countedSets(metric).includes(kept.set) && cellWidths(metric).includes(kept.width)
    ? kept
    : null;
}

function countedWidth({ aggregation }: Metric, width: number): number {
  return aggregation === "last" || aggregation === "year_to_date" ? 1 : width;
}

function windowPlan(
  metric: Metric,
  settings: MetricSettings,
  width: number,
): Omit<CellPlan, "set"> | null {
  const single = { since: itself, until: itself };
  if (metric.aggregation === "last") return { cellWidth: 1, ...single };
  if (metric.aggregation === "year_to_date")
    return { ...single, cellWidth: 1, since: (week) => fiscalYearOf(week, settings).firstWeek };
  const addsUp = addsUpOverWeeks(metric) && (metric.n === "sum" || width === 1);
  if (addsUp) return { ...single, cellWidth: 1, since: (week) => addWeeks(week, 1 - width) };
  return cellWidths(metric).includes(width) ? { cellWidth: width, ...single } : null;
}

/** A quarter is its three months, where these add up. */
function monthPlan(metric: Metric, width: number, grain: Grain): Omit<CellPlan, "set"> | null {
  if (!hasMonths(metric) || width !== 1) return null;
  if (grain.unit !== "month" && metric.n !== "sum") return null;
  const until = (period: WeekStart): WeekStart => addPeriods(endOf(period, grain), -1, MONTH);
  return { cellWidth: 1, cellGrain: MONTH, since: itself, until };
}

function itself(week: WeekStart): WeekStart {
  return week;
}

function isPlain(metric: Metric, dimension: string): boolean {
  return !metric.overlapping.includes(dimension);
}

/** Whether the cells of several values together are those of their union: no unit has two of them. */
function addsUpOverValues(metric: Metric, set: DimensionSet): boolean {
  if (set === TOTAL || set === FULL) return true;
  if (metric.values !== undefined || !isPlain(metric, set)) return false;
  return metric.n === "sum" || isFixed(metric, set);
}
