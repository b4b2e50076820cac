import type { Tone } from "./theme.ts";
import type { TrendCard, TrendPoint } from "./trend-card.ts";

/** A year of one metric with every alarm that there would have been; all its words already said. */
export interface BacktestCard extends Omit<TrendCard, "points" | "target"> {
  /** Oldest first. */
  points: readonly BacktestPoint[];
  movements: readonly MovementSpan[];
}

export interface BacktestPoint extends Omit<TrendPoint, "marked"> {
  /** What the week's verdict would have called, which way, and whether that is good. */
  alarm: { by: "signal" | "run"; direction: 1 | -1; tone: Tone } | null;
}

/** The weeks of a movement, as ISO dates of their first days, both included. */
export interface MovementSpan {
  from: string;
  to: string;
  tone: Tone;
}
