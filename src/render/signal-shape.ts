import type { MarkShape } from "./mark-shape.ts";
import type { TrendPoint } from "./trend-card.ts";

/** Points the way the week left its expectation; without one, only marks it. */
export function signalShape({
  value,
  band,
}: TrendPoint): Extract<MarkShape, "up" | "down" | "diamond"> {
  if (value === null || band === null) return "diamond";
  return value >= band.expected ? "up" : "down";
}
