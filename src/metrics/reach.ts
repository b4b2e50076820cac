/** How far the data of a metric reach. */
import type { Grain } from "../periods.ts";
import type { WeekStart } from "./answer.ts";
import type { Metrics } from "./answer-metric.ts";
import type { Metric } from "./catalogue/index.ts";
import { placeInTime } from "./place-in-time.ts";
import { inSnapshot } from "./query/run-windows.ts";

export interface Reach {
  /** The first week (or month) with data. */
  first: WeekStart;
  /** The latest final one. */
  final: WeekStart;
}

/** Null while a source of the metric was never loaded. */
export function reachOf(
  { db, settings }: Metrics,
  metric: Metric,
  exact: boolean,
  grain?: Grain,
): Promise<Reach | null> {
  return inSnapshot(db, settings, exact ? "exact" : "facts", async (sql) => {
    const place = await placeInTime(
      sql,
      settings,
      metric,
      { week: null, cohort: null, grain },
      exact,
    );
    return place.ok ? { first: place.value.first, final: place.value.final } : null;
  });
}
