import type { Share } from "./observation.ts";

/** Tables this close to the observed one count as no more likely: they differ by rounding. */
const ALIKE = 1 + 1e-7;

/**
 * Fisher's exact test of two shares, two-sided: the likelihood of all tables with these margins that
 * are no more likely than the observed one. Source: METRICS.md 4.2 A.
 */
export function fisherP(one: Share, other: Share): number {
  const likelihoods = tables(one.n, other.n, one.x + other.x);
  const observed = (likelihoods.get(one.x) ?? 0) * ALIKE;
  let all = 0;
  let rare = 0;
  for (const likelihood of likelihoods.values()) {
    all += likelihood;
    if (likelihood <= observed) rare += likelihood;
  }
  return rare / all;
}

/**
 * Each possible x of the first sample with its likelihood, relative to the likeliest: going out from
 * there nothing overflows, whatever the sizes.
 */
function tables(n1: number, n0: number, yes: number): Map<number, number> {
  const lowest = Math.max(0, yes - n0);
  const highest = Math.min(n1, yes);
  const mode = Math.floor(((n1 + 1) * (yes + 1)) / (n1 + n0 + 2));
  const start = Math.min(highest, Math.max(lowest, mode));
  const stepUp = (x: number) => ((n1 - x) * (yes - x)) / ((x + 1) * (n0 - yes + x + 1));
  const likelihoods = new Map([[start, 1]]);
  for (let x = start, likelihood = 1; x < highest; x++) {
    likelihood *= stepUp(x);
    likelihoods.set(x + 1, likelihood);
  }
  for (let x = start, likelihood = 1; x > lowest; x--) {
    likelihood /= stepUp(x - 1);
    likelihoods.set(x - 1, likelihood);
  }
  return likelihoods;
}
