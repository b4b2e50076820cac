/** A question in hand: all that the parts of its answer are read and decided from. */
import type { Sql } from "../../db/index.ts";
import type { Figures, Filters, MetricQuery, WeekStart } from "../answer.ts";
import type { Catalogue, Metric, MetricSettings } from "../catalogue/index.ts";
import type { PlaceInTime } from "../place-in-time.ts";
import { figuresOf, type Measured } from "../query/measured.ts";
import { readSeries } from "../read-series.ts";
import type { Screen } from "../screen/screen.ts";

export interface Asked {
  /** That of `inSnapshot`, which knows `kpi.as_of`. */
  sql: Sql;
  settings: MetricSettings;
  catalogue: Catalogue;
  metric: Metric;
  query: MetricQuery;
  /** The query's, canonical. */
  filters: Filters;
  place: PlaceInTime;
  /** Straight from the source tables. */
  exact: boolean;
  /** Keeps back what must not be told; undefined: all of it may be. */
  screen: Screen | undefined;
}

/** The sums of windows of `width`, each ending with one of `weeks` of the question's grain, under the filters. */
export function measure(
  { sql, settings, metric, query: { grain }, filters, exact, screen }: Asked,
  weeks: readonly WeekStart[],
  width: number,
  by: string | null = null,
): Promise<Measured[]> {
  return readSeries(sql, settings, { metric, weeks, width, filters, by, exact, grain, screen });
}

/** Of one window. */
export async function figuresAt(asked: Asked, week: WeekStart, width: number): Promise<Figures> {
  const [measured] = await measure(asked, [week], width);
  return measured ? figuresOf(asked.metric, measured) : NO_FIGURES;
}

export const NO_FIGURES: Figures = { value: null, num: null, den: null, n: null };
