/** Windows of one width over which a metric's SQL is run. */
import type { Filters, WeekStart } from "../answer.ts";
import type { Metric } from "../catalogue/index.ts";

export interface WindowsQuestion {
  metric: Metric;
  weeks: readonly WeekStart[];
  width: number;
  filters: Filters;
  by: string | null;
}
