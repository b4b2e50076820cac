/** Weeks since an account's sign-up day, the first of which is 1 (METRICS.md 1.8): a filter of every account metric. */
import type { Metric } from "./catalogue/index.ts";

export const TENURE = "tenure";

export interface TenureWeeks {
  first: number;
  last: number;
}

/** Reads `3` or `1-13`; null for anything else. */
export function parseTenure(text: string): TenureWeeks | null {
  const match = /^([1-9]\d{0,3})(?:-([1-9]\d{0,3}))?$/.exec(text.trim());
  if (match === null) return null;
  const first = Number(match[1]);
  const last = match[2] === undefined ? first : Number(match[2]);
  return last < first ? null : { first, last };
}

/** What a metric can be filtered by: its dimensions, and the tenure of the accounts that it counts. */
export function filtersOf(metric: Metric): readonly string[] {
  return hasAccounts(metric) ? [...metric.dimensions, TENURE] : metric.dimensions;
}

function hasAccounts(metric: Metric): boolean {
  return metric.parts.length > 0
    ? metric.parts.every((part) => hasAccounts(part.metric))
    : metric.tier !== "none";
}
