import type { Metric } from "../metrics/catalogue/index.ts";
import type { Keyword } from "./keywords.ts";
import type { Calendar } from "./read-week.ts";

/** What the words are read against. */
export interface Scope {
  metric: Metric;
  /** The metric as one would type it, for examples. */
  called: string;
  /** All that it can be filtered by. */
  filterable: readonly string[];
  /** Keywords that the command has no use for. */
  unused: ReadonlySet<Keyword>;
  /** Other metrics that the asker may see and that have a dimension, by name. */
  elsewhere(dimension: string): readonly string[];
  /** The values that the data know of a dimension. */
  labels(dimension: string): readonly string[];
  calendar: Calendar;
}
