/** Which cells a metric has, and which of them can answer a question. */
import type { Filters } from "../answer.ts";
import { isFixed, type Metric } from "../catalogue/index.ts";

/** '' the total, '*' all dimensions together, else the name of a single dimension. */
export type DimensionSet = string;
export const TOTAL: DimensionSet = "";
export const FULL: DimensionSet = "*";

/**
 * The widths at which cells are kept. Sums of weeks make every wider window; what has to be run
 * anew on its window (rerun, rebase) is kept at its own width and at one week, which the verdict walks.
 */
export function cellWidths(metric: Metric): number[] {
  return addsUpOverWeeks(metric) || metric.window === 1 ? [1] : [1, metric.window];
}

export function dimensionSets(metric: Metric): DimensionSet[] {
  return metric.dimensions.length > 1
    ? [TOTAL, ...metric.dimensions, FULL]
    : [TOTAL, ...metric.dimensions];
}

/** In the full set the tier stands in the key, so that a question about one tier reads only its cells. */
export function codedDimensions(metric: Metric, set: DimensionSet): string[] {
  if (set === TOTAL) return [];
  return set === FULL ? metric.dimensions.filter((name) => name !== "tier") : [set];
}

/** A stock holds for its last week whatever the window; sums and ratios add their weeks up. */
function addsUpOverWeeks(metric: Metric): boolean {
  return ["sum", "ratio", "hist", "last"].includes(metric.aggregation);
}

/** How cells answer a question: which set, of which width, how many weeks pooled. Null: they cannot. */
export interface CellPlan {
  set: DimensionSet;
  cellWidth: number;
  pooledWeeks: number;
}

export function planCells(
  metric: Metric,
  width: number,
  filters: Filters,
  by: string | null,
): CellPlan | null {
  const asked = new Set([...Object.keys(filters), ...(by ? [by] : [])]);
  if ([...asked].some((name) => !metric.dimensions.includes(name))) return null;
  const set = asked.size === 0 ? TOTAL : asked.size === 1 ? ([...asked][0] ?? TOTAL) : FULL;
  const window = windowPlan(metric, width);
  if (window === null) return null;
  if (metric.n === "accounts" && !countsAccountsOnce(set, window.pooledWeeks, filters, by))
    return null;
  return { set, ...window };
}

function windowPlan(metric: Metric, width: number): Omit<CellPlan, "set"> | null {
  if (metric.aggregation === "last") return { cellWidth: 1, pooledWeeks: 1 };
  if (addsUpOverWeeks(metric)) return { cellWidth: 1, pooledWeeks: width };
  return cellWidths(metric).includes(width) ? { cellWidth: width, pooledWeeks: 1 } : null;
}

/**
 * Distinct accounts never add up over weeks, nor over values that one account may have several of.
 * In the full set they are counted for every combination apart, so that nothing adds up there.
 */
function countsAccountsOnce(
  set: DimensionSet,
  pooledWeeks: number,
  filters: Filters,
  by: string | null,
): boolean {
  if (pooledWeeks > 1 || set === FULL) return false;
  return set === TOTAL || isFixed(set) || by === set || (filters[set]?.length ?? 0) <= 1;
}
