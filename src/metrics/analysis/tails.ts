import betainc from "@stdlib/math-base-special-betainc";
import erfc from "@stdlib/math-base-special-erfc";
import normalQuantile from "@stdlib/stats-base-dists-normal-quantile";
import studentQuantile from "@stdlib/stats-base-dists-t-quantile";

/** A symmetric distribution of mean 0: normal, or Student's t with its degrees of freedom. */
export type Law = "normal" | { df: number };

/** Half-width of a 95% interval in standard errors, as METRICS.md 4.2 A writes it. */
export const Z_95 = 1.959964;

/** The share of the law's weight at least as far from 0 as `t`; keeps its digits down to 1e-300. */
export function twoSidedP(t: number, law: Law): number {
  if (law === "normal") return erfc(Math.abs(t) / Math.SQRT2);
  const squared = t ** 2;
  return squared === Number.POSITIVE_INFINITY
    ? 0
    : betainc(law.df / (law.df + squared), law.df / 2, 1 / 2);
}

const LIMIT_TAIL = 0.005;
const NORMAL_LIMIT = normalQuantile(1 - LIMIT_TAIL, 0, 1);
const studentLimits = new Map<number, number>();

/** The two-sided 1% point: |t| is larger once in a hundred. */
export function limitPoint(law: Law): number {
  if (law === "normal") return NORMAL_LIMIT;
  const known = studentLimits.get(law.df);
  if (known !== undefined) return known;
  const limit = studentQuantile(1 - LIMIT_TAIL, law.df);
  studentLimits.set(law.df, limit);
  return limit;
}
