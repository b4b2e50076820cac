import { assertNever } from "../../result.ts";
import type { Kind, Sample } from "./observation.ts";

/**
 * The scale y on which a kind's spread is even (METRICS.md 4.2 B, kinds): share 2 asin sqrt, score
 * the mean of -1, 0 and 1, count 2 sqrt, and for the rest ln, root or the value as it is.
 */
export type Scale = "share" | "score" | "count" | "ln" | "root" | "signed";

/** Counts from here on are near enough to normal on the ln scale. */
const LARGE_COUNT = 30;

/** `inUse`: observed and clipped values of the baseline, and what is tested. */
export function chooseScale(kind: Kind, inUse: readonly Sample[]): Scale {
  switch (kind) {
    case "prop":
      return "share";
    case "nps":
      return "score";
    case "flow":
    case "stock":
      return inUse.every(({ sum }) => sum >= LARGE_COUNT) ? "ln" : "count";
    case "value":
      if (inUse.some(({ sum }) => sum < 0)) return "signed";
      return inUse.every(({ sum }) => sum > 0) ? "ln" : "root";
    default:
      return assertNever(kind);
  }
}

/** The sample on the scale; minus infinity where ln or root has no answer. */
export function toScale(scale: Scale, { sum, n }: Sample): number {
  switch (scale) {
    case "share":
      return 2 * Math.asin(Math.sqrt((sum + 3 / 8) / (n + 3 / 4)));
    case "score":
      return sum / n;
    case "count":
      return 2 * Math.sqrt(sum + 3 / 8);
    case "ln":
      return sum > 0 ? Math.log(sum) : Number.NEGATIVE_INFINITY;
    case "root":
      return sum >= 0 ? Math.sqrt(sum) : Number.NEGATIVE_INFINITY;
    case "signed":
      return sum;
    default:
      return assertNever(scale);
  }
}

/** Weight w of a sample: the inverse of its variance, but for a factor that the scale's line shares. */
export function weightOf(scale: Scale, { n }: Sample): number {
  if (scale === "share") return n + 1 / 2;
  return scale === "score" ? n : 1;
}

/** From the scale to the metric's own: shares 0..1 as of `n` units, NPS in points. */
export function back(scale: Scale, y: number, n: number): number {
  switch (scale) {
    case "share": {
      const sine = Math.sin(Math.min(Math.PI, Math.max(0, y)) / 2);
      return Math.min(1, Math.max(0, (sine ** 2 * (n + 3 / 4) - 3 / 8) / n));
    }
    case "score":
      return 100 * y;
    case "count":
      return Math.max(0, (Math.max(0, y) / 2) ** 2 - 3 / 8);
    case "ln":
      return Math.exp(y);
    case "root":
      return Math.max(0, y) ** 2;
    case "signed":
      return y;
    default:
      return assertNever(scale);
  }
}

/** The sample on the metric's own scale. */
export function tellSample(scale: Scale, { sum, n }: Sample): number {
  if (scale === "share") return sum / n;
  return scale === "score" ? (100 * sum) / n : sum;
}

/** The sample of as many units that would have shown `limit`, a value on the metric's own scale. */
export function clippedTo(scale: Scale, { n }: Sample, limit: number): Sample {
  const sum = scale === "share" ? limit * n : limit;
  return { sum, squares: scale === "share" ? sum : sum ** 2, n };
}
