import { RenderError } from "./render-error.ts";
import type { Band, TrendPoint } from "./trend-card.ts";
import { weekInstant } from "./week-axis.ts";

/** Twenty years of weeks; more would be a mistake and not a chart. */
const mostPoints = 1_040;
/** Smaller than any figure, and large enough for arithmetic. */
const tiniest = 1e-200;
/** Beyond this, differences and sums of two values stop being numbers. */
const hugest = 1e200;

/** The number that is drawn; null, not finite or beyond all measure: none. */
export function settleValue(value: number | null): number | null {
  if (value === null || !Number.isFinite(value) || Math.abs(value) > hugest) return null;
  return Math.abs(value) < tiniest ? 0 : value;
}

/**
 * The points as they are drawn: a value that is no number is a missing week.
 * Throws a RenderError `bad_card` when weeks are no dates, out of order, or too many.
 */
export function settlePoints(points: readonly TrendPoint[]): TrendPoint[] {
  if (points.length > mostPoints) throw new RenderError("bad_card", "too many weeks");
  const weeks = points.map(({ week }) => weekInstant(week));
  if (weeks.some((at, i) => i > 0 && at <= (weeks[i - 1] ?? at))) {
    throw new RenderError("bad_card", "weeks out of order");
  }
  return points.map((point) => ({
    ...point,
    value: settleValue(point.value),
    band: point.band && settleBand(point.band),
  }));
}

function settleBand(band: Band): Band | null {
  const expected = settleValue(band.expected);
  const low = settleValue(band.low);
  const high = settleValue(band.high);
  return expected === null || low === null || high === null ? null : { expected, low, high };
}
