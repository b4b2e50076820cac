import type { Comparison } from "./comparison.ts";
import type { Answers } from "./observation.ts";
import { twoSidedP, Z_95 } from "./tails.ts";

/**
 * Two independent sets of answers, in points. `z` is the difference in standard errors; where
 * neither set has any spread it is 0 or infinite. Both `n` above 0. Source: METRICS.md 4.2 A.
 */
export function compareNps(one: Answers, other: Answers): Comparison & { z: number } {
  const first = meanOf(one);
  const second = meanOf(other);
  const d = first.m - second.m;
  const error = Math.sqrt(first.v + second.v);
  const z = d === 0 ? 0 : d / error;
  const reach = Z_95 * error;
  return {
    difference: 100 * d,
    z,
    p: twoSidedP(z, "normal"),
    interval: [100 * (d - reach), 100 * (d + reach)],
  };
}

/** Mean score of -1, 0 and 1, and the variance of that mean. */
function meanOf({ promoters, detractors, n }: Answers): { m: number; v: number } {
  const m = (promoters - detractors) / n;
  return { m, v: Math.max(0, (promoters + detractors) / n - m ** 2) / n };
}
