/** A metric's statement for one window, with its values written in, to be read and tried by a person. */
import type { WeekStart } from "../answer.ts";
import type { Metric, MetricSettings } from "../catalogue/index.ts";
import type { Binder } from "../query/binder.ts";
import { unitQuerySql } from "../query/unit-query.ts";
import { windowOf } from "../query/window.ts";

/** Null while there is no week with data. It is shown and never run. */
export function shownSql(
  metric: Metric,
  settings: MetricSettings,
  week: WeekStart | undefined,
): string | null {
  if (week === undefined) return null;
  const windows = [windowOf(metric, settings, week, metric.window)];
  const question = { metric, settings, windows, filters: {}, group: [], detail: "sums" } as const;
  return unitQuerySql(question, writing).trim();
}

const writing: Binder = {
  values: [],
  bind: (value, type) => `'${String(value).replaceAll("'", "''")}'::${type}`,
};
