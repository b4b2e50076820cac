/**
 * What is asked of the metrics and what they answer. Field for field this is the JSON of
 * INTERFACE "kpi query --json", in camel case; numbers are exact until here and floats from here.
 */
import type { Grain } from "../periods.ts";

/** The Monday (or first day) of a week, as an ISO date; where a grain is given, of a month or quarter. */
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
  /** Months or quarters instead of weeks; absent: weeks. */
  grain?: Grain | undefined;
  /** Null: the latest final one. */
  week: WeekStart | null;
  /** The week of a cohort asked for by name, also a young one; then `week` is null. */
  cohort: WeekStart | null;
  /** Null: the metric's own, widened when the sample is thin (METRICS.md 1.5). */
  windowWeeks: number | null;
  /** How many weeks, or months, or quarters, of series. */
  lastWeeks: number;
  /**
   * What the value is compared with: the window before, the same week 364 days earlier (of a month or
   * a quarter the same one a year earlier), the target.
   */
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
  /** No verdict is stored of this week under this definition and these settings: a refresh makes it. */
  | "unjudged"
  | "late"
  | "above_range"
  | "under_half_reached_value"
  | "target_met"
  | "target_missed"
  | "no_revenue"
  | "revenue_basis"
  | "no_target"
  /** The month, or quarter, is the one that the data begin in the middle of, or rests on it. */
  | "partial"
  /** The first of the series is. */
  | "partial_first"
  /** What it would be compared with is. */
  | "partial_before"
  /** Of some weeks, of the period before or of the target too few accounts are left to be told. */
  | "withheld";

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
  /** What was judged: the value of the week alone, or of the weeks pooled with it. */
  value: number | null;
  expected: number | null;
  low: number | null;
  high: number | null;
  p: number | null;
  pAdjusted: number | null;
  /** The departure from what was expected, in standard errors; absent of what was told before it was kept. */
  z?: number | null;
  /** First week of the open movement. */
  since: WeekStart | null;
  /** Which way the open movement goes: 1 above its line, -1 below. */
  direction: 1 | -1 | null;
  /** From the first week that was tested together to this one; null where nothing was tested. */
  pooledWeeks: number | null;
}

/** Of a yes or no that time decides: `possible` counts those that are there already, too. */
export interface Maturing {
  already: number;
  possible: number;
  n: number;
  /** Whole weeks that even the youngest of the cohort has had. */
  elapsedWeeks: number;
}

export type TargetType = "cumulative_by_date" | "level_by_date" | "at_least" | "at_most" | "band";

export interface Target {
  id: string;
  metric: string;
  /** Canonical, as filters are. */
  dims: Filters;
  type: TargetType;
  value: number;
  /** The upper edge of a band; null for all else. */
  valueHi: number | null;
  /** Dates, both included. */
  periodStart: string;
  periodEnd: string;
  baselineWeek: WeekStart | null;
  baselineValue: number | null;
}

export type TargetStatus =
  /** Of what must hold every week, and of what is over. */
  | "met"
  | "missed"
  /** Of a band. */
  | "inside"
  | "above"
  | "below"
  /** Of what is to be reached by a date. */
  | "on_track"
  | "at_risk"
  | "off_track"
  /** A week that is not over, a sample that is thin, or no value. */
  | "no_verdict";

export interface Pace {
  status: TargetStatus;
  /** What the target speaks of: the sum so far, or the value. */
  actual: number | null;
  /** Where that should be by now. */
  expected: number | null;
  /** actual / expected; turned over where down is good. */
  attainment: number | null;
  /** Where it ends at this pace. */
  projection: number | null;
  /** What each week to come must bring; of a level of fractions and scores, by how much it must change. */
  requiredPerWeek: number | null;
  /** The growth a week that would reach it. */
  requiredGrowth: number | null;
  /** The growth a week since the baseline. */
  growth: number | null;
}

/** A target and how it stands; of what does not apply null. */
export interface AnsweredTarget extends Target, Pace {
  /** False: the share's own uncertainty holds the target. */
  certain: boolean | null;
}

export interface Segment extends Figures {
  /** Where several are told together, their names. */
  segment: string;
  lowN: boolean;
  /** Absent: it is one segment. `small`: those with too few accounts to be told alone. */
  together?: { small: readonly string[]; others: readonly string[] } | undefined;
}

/** Who said a value, and where they had it from. */
export interface Report {
  by: string;
  /** An instant. */
  at: string;
  source: string;
  /** The day from which on the value is said to hold. */
  from: string;
}

export interface Answer {
  metric: string;
  name: string;
  unit: Unit;
  direction: Direction;
  /** The value at the window's end, such as recurring revenue: of an open week the newest, and whole. */
  isLevel: boolean;
  /** A share of a whole: nothing of it can be above 1. */
  isOfWhole: boolean;
  week: WeekStart;
  /** It is told by months or quarters, and `week` is the first day of one; absent: by weeks. */
  grain?: Grain;
  /** First day of the fiscal year, where the value adds up all its days; null for windows of weeks. */
  from: string | null;
  /** First day of the week, or of the days, whose accounts the value describes; null: no cohort. */
  cohortWeek: WeekStart | null;
  /** Who a cohort of the metric is: reads on with "in" and the week. */
  cohort: string;
  /** What those of a cohort have done who are there: reads on after "have". */
  done: string;
  /** Width of the window that was used; 1 of a month or quarter: all of it. */
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
  /** Of a cohort that has not had its whole time, instead of one number; null for all else. */
  maturing: Maturing | null;
  nMin: number;
  previous: (Figures & { week: WeekStart }) | null;
  /** What `previous` is. */
  versus: Versus;
  change: Change;
  verdict: Verdict;
  /** The target that counts for these filters in this week; null: there is none. */
  target: AnsweredTarget | null;
  /** Of growth since a baseline: the least-squares growth a week over the same weeks; else null. */
  trendRate: number | null;
  /** Oldest first; ends with the week asked about. */
  series: readonly SeriesPoint[];
  breakdown: { dimension: string; segments: readonly Segment[] } | null;
  /** Of a reported metric whose word its value is, null where nothing was reported; absent of all else. */
  reported?: Report | null;
  /** Where it can be looked into, with placeholders; absent of what was answered before there were any. */
  links?: readonly string[];
}
