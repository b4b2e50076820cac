/** What a window holds, from cells or from unit rows, and the figures that are told of it. */
import { z } from "zod";
import type { Answers } from "../analysis/index.ts";
import type { AnswerFlag, Figures, WeekStart } from "../answer.ts";
import type { Metric } from "../catalogue/index.ts";
import type { SegmentGroup } from "../screen/discretion.ts";
import { type HistogramQuantile, histogramQuantile } from "./histogram.ts";

/** Sums of one window and segment, as the database gives them: numerics are text, to stay exact. */
export const measuredRow = z.object({
  week: z.string(),
  segment: z.string().nullable(),
  num: z.string().nullable(),
  den: z.string().nullable(),
  n: z.coerce.number(),
  hist: z.array(z.coerce.number()).nullable(),
});

export interface Measured extends z.infer<typeof measuredRow> {
  /** What the expressions of a derived metric gave, or what was reported; its num and den are in the others' places. */
  derived?: { value: number | null; n: number | null; flags: readonly AnswerFlag[] };
  /** It must not be told: there is nothing in it. */
  isHidden?: true;
  /** What the segment is made of, where several are told together. */
  group?: SegmentGroup;
}

export function emptyWindow(
  metric: Metric,
  week: WeekStart,
  segment: string | null = null,
): Measured {
  // That nobody reported anything is no value, where an empty count is one.
  const nothing = { value: null, n: null, flags: [] };
  if (metric.aggregation === "reported")
    return { week, segment, num: null, den: null, n: 0, hist: null, derived: nothing };
  const num = metric.values === undefined ? "0" : null;
  return { week, segment, num, den: "0", n: 0, hist: null };
}

/**
 * Value, numerator and denominator as floats. A ratio without denominator is null, a sum without
 * rows 0 (METRICS.md 1.4); of a quantile, num is the value, and den how many values there were.
 * What must not be told is null throughout.
 */
export function figuresOf(metric: Metric, measured: Measured): Figures {
  if (measured.isHidden) return { value: null, num: null, den: null, n: null };
  if (metric.aggregation === "hist") {
    const value = quantileOf(metric, measured)?.value ?? null;
    return { value, num: value, den: null, n: measured.n };
  }
  if (metric.values !== undefined) {
    const value = measured.num === null ? null : Number(measured.num);
    return { value, num: value, den: Number(measured.den ?? 0), n: measured.n };
  }
  if (measured.derived)
    return {
      value: measured.derived.value,
      num: measured.num === null ? null : Number(measured.num),
      den: measured.den === null ? null : Number(measured.den),
      n: measured.derived.n,
    };
  const num = Number(measured.num ?? 0);
  const n = answersOf(metric, measured)?.n ?? measured.n;
  if (metric.denominator === null) return { value: num, num, den: null, n };
  const den = Number(measured.den ?? 0);
  return { value: den === 0 ? null : num / den, num, den, n };
}

/** Of NPS the answers behind it, as unit-query.ts adds them up; null for all else, and where hidden. */
export function answersOf(metric: Metric, measured: Measured): Answers | null {
  if (metric.test !== "nps" || measured.isHidden) return null;
  const lead = Number(measured.num ?? 0) / 100;
  const promoters = (measured.n + lead) / 2;
  return { promoters, detractors: measured.n - promoters, n: Number(measured.den ?? 0) };
}

function quantileOf({ quantile }: Metric, { hist }: Measured): HistogramQuantile | null {
  return histogramQuantile(hist ?? [], quantile ?? 0);
}

/** What has to be said of the value, or of there being none. */
export function flagsOf(metric: Metric, measured: Measured): AnswerFlag[] {
  const flags = [...(measured.derived?.flags ?? [])];
  if (metric.aggregation === "hist" && quantileOf(metric, measured)?.aboveRange)
    flags.push("above_range");
  if (metric.values !== undefined && measured.num === null && measured.n > 0)
    flags.push("under_half_reached_value");
  return flags;
}
