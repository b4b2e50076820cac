/**
 * What is asked of the metrics and what they answer. Field for field this is the JSON of
 * INTERFACE "kpi query --json", in camel case; numbers are exact until here and floats from here.
 */

/** The Monday (or first day) of a week, as an ISO date. */
export type WeekStart = string;

/** Dimension to its allowed values, any of which matches; keys and values sorted. Null is `(none)`. */
export type Filters = Readonly<Record<string, readonly string[]>>;

/** The segment of units whose dimension has no value. */
export const NO_SEGMENT = "(none)";

export interface MetricQuery {
  metric: string;
  filters: Filters;
  /** The dimension to break down by. */
  by: string | null;
  /** Null: the latest final week. */
  week: WeekStart | null;
  /** Null: the metric's own, widened when the sample is thin (METRICS.md 1.5). */
  windowWeeks: number | null;
  /** How many weeks of series. */
  lastWeeks: number;
  /** What the value is compared with: the window before, the same week 364 days earlier, the target. */
  versus: Versus;
}

export type Versus = "prev" | "year" | "target";

export type Unit =
  | "percent"
  | "money"
  | "money per month"
  | "money per year"
  | "accounts"
  | "milliseconds"
  | "count"
  | (string & {});

export type Direction = "up" | "down" | "neutral";
export type AnswerStatus = "final" | "open" | "maturing" | "no_data";

export type AnswerFlag =
  | "low_n"
  | "widened"
  | "restated"
  | "late"
  | "above_range"
  | "under_half_reached_value"
  | "target_met"
  | "target_missed"
  | "no_revenue"
  | "no_target";

export interface Figures {
  value: number | null;
  num: number | null;
  den: number | null;
  /** Independent units: accounts, answers, requests. */
  n: number | null;
}

export interface SeriesPoint extends Figures {
  week: WeekStart;
  status: AnswerStatus;
  /** The verdict's limits for that week, where it was tested at this window; for the chart's band. */
  band: { expected: number; low: number; high: number } | null;
  /** The week was called a signal; always false at other windows than the verdict's. */
  signal: boolean;
}

export interface Change {
  /** In the metric's unit; of fractions a difference of fractions, told in points. */
  absolute: number | null;
  /** Fraction of the absolute previous value. */
  relative: number | null;
  /** Null for no change, no comparison, or a neutral metric. */
  better: boolean | null;
  p: number | null;
  interval: readonly [number, number] | null;
}

export type VerdictWord =
  | "signal"
  | "continuing"
  | "seasonal"
  | "run"
  | "routine"
  | "too_few_weeks"
  | "not_tested";

export interface Verdict {
  word: VerdictWord;
  /** The kind of observation: prop, nps, flow, stock, value; null for untested metrics. */
  test: string | null;
  expected: number | null;
  low: number | null;
  high: number | null;
  p: number | null;
  pAdjusted: number | null;
  /** First week of the open movement. */
  since: WeekStart | null;
  /** Which way the open movement goes: 1 above its line, -1 below. */
  direction: 1 | -1 | null;
  /** From the first week that was tested together to this one; null where nothing was tested. */
  pooledWeeks: number | null;
}

export interface Segment extends Figures {
  segment: string;
  lowN: boolean;
}

export interface Answer {
  metric: string;
  name: string;
  unit: Unit;
  direction: Direction;
  week: WeekStart;
  /** Start of the week whose accounts the value describes; null for metrics without a cohort. */
  cohortWeek: WeekStart | null;
  /** Width of the window that was used. */
  windowWeeks: number;
  /** Width of the metric's own window. */
  defaultWindowWeeks: number;
  filters: Filters;
  timeZone: string;
  /** All rows that the metric reads are complete to here; null: no watermark yet. */
  asOf: string | null;
  specVersion: string;
  status: AnswerStatus;
  flags: readonly AnswerFlag[];
  figures: Figures;
  nMin: number;
  previous: (Figures & { week: WeekStart }) | null;
  change: Change;
  verdict: Verdict;
  /** Oldest first; ends with the week asked about. */
  series: readonly SeriesPoint[];
  breakdown: { dimension: string; segments: readonly Segment[] } | null;
}

/** Why a query cannot be answered. Values are told only from what the asker may see: by commands. */
export type QueryFault =
  | { kind: "unknown_metric"; word: string; nearest: readonly string[] }
  | {
      kind: "unknown_dimension";
      metric: string;
      word: string;
      allowed: readonly string[];
      /** Of those allowed, what may have been meant. */
      nearest?: readonly string[];
      /** Names of other metrics that have it. */
      elsewhere?: readonly string[];
    }
  | {
      kind: "unknown_value";
      dimension: string;
      value: string;
      nearest: readonly string[];
      allowed: readonly string[];
    }
  | { kind: "week_out_of_range"; week: WeekStart; first: WeekStart | null; last: WeekStart | null }
  | { kind: "no_data"; metric: string; sources: readonly string[] };
