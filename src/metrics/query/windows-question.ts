/** Windows of one width over which a metric's SQL is run. */
import type { Grain } from "../../periods.ts";
import type { Filters, WeekStart } from "../answer.ts";
import type { Metric } from "../catalogue/index.ts";

export interface WindowsQuestion {
  metric: Metric;
  weeks: readonly WeekStart[];
  /** In weeks. In a month or a quarter 1 is all of it, and more are as many weeks that end with it. */
  width: number;
  filters: Filters;
  by: string | null;
  /** Months or quarters, which `weeks` are the first days of; absent: weeks. */
  grain?: Grain | undefined;
}
