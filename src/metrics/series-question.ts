/** What is asked of a metric's weeks, and how it is read. */

import type { Sql } from "../db/index.ts";
import type { Grain } from "../periods.ts";
import type { Filters, WeekStart } from "./answer.ts";
import type { Metric, MetricSettings } from "./catalogue/index.ts";
import type { Measured } from "./query/measured.ts";
import type { Screen } from "./screen/screen.ts";

export interface SeriesQuestion {
  metric: Metric;
  /** Ascending, without gaps. */
  weeks: readonly WeekStart[];
  /** In weeks. In a month or a quarter 1 is all of it, and more are as many weeks that end with it. */
  width: number;
  filters: Filters;
  by: string | null;
  /** Straight from the source tables. */
  exact: boolean;
  /** Months or quarters, which `weeks` are the first days of; absent: weeks. */
  grain?: Grain | undefined;
  /** The totals as they were first told, before their rows changed. */
  firstTold?: boolean | undefined;
  /** Keeps back what must not be told; absent: all of it may be. */
  screen?: Screen | undefined;
}

export type ReadSeries = (
  sql: Sql,
  settings: MetricSettings,
  question: SeriesQuestion,
) => Promise<Measured[]>;
