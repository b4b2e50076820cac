import type { SegmentBars } from "./segment-card.ts";
import type { Theme, Tone } from "./theme.ts";

/** The trend of one metric, by weeks if nothing else is said, all its words already said: this room only places them. */
export interface TrendCard {
  title: string;
  subtitle: string;
  /** Formatted. */
  value: string;
  /** Of the last point, at the line's end; absent: the value. */
  endLabel?: string;
  pill: { text: string; tone: Tone };
  verdict: { text: string; tone: Tone };
  footer: string;
  /** Oldest first. */
  points: readonly TrendPoint[];
  /** What the points are of; absent: weeks. */
  grain?: PointGrain;
  target: number | null;
  /** How the target stands, such as `at risk`; told beside it. */
  targetState?: string;
  /** No value can be above it, so no tick is: 1 of a share of a whole; absent or null: no end. */
  most?: number | null;
  /** Words a value of the axis; `step` is the distance of the ticks, which decides its digits. */
  axis: (value: number, step: number) => string;
  /** The same metric by the segments of one dimension, under the plot; absent or null: none. */
  segments?: SegmentBars | null;
  theme: Theme;
}

/** A point a month or a quarter. */
export type PointGrain = "month" | "quarter";

export interface TrendPoint {
  /** First day of the week, month or quarter, an ISO date. */
  week: string;
  /** Null, or not finite: a missing week, a gap in the line. */
  value: number | null;
  /** The week is not complete yet. */
  open: boolean;
  /** A signal, by whether it is better or worse. */
  marked: Tone | null;
  /** The limits of the week's verdict, in the unit of the value. */
  band: Band | null;
}

export interface Band {
  expected: number;
  low: number;
  high: number;
}
