import erfc from "@stdlib/math-base-special-erfc";
import { latencySpread } from "../climate.ts";

/** Upper bounds in ms of the buckets but the last, which has none (METRICS.md 2). */
const bounds = [5, 10, 25, 50, 75, 100, 250, 500, 750, 1000, 2500, 5000, 7500, 10000];

/** Most requests are quick; a few wait for something, and only they feel the week's weather. */
const quick = { share: 0.965, medianMs: 46, spread: 0.7 };
const waiting = { medianMs: 470, spread: 0.45 };

/**
 * The share of requests at or below each bound, the last 1.
 * `weather` is in standard deviations of the week's latency, `slower` a factor of the place.
 */
export function cumulativeShares(weather: number, slower: number): Float64Array {
  const median = waiting.medianMs * slower * Math.exp(latencySpread * weather);
  const shares = new Float64Array(bounds.length + 1).fill(1);
  for (const [i, bound] of bounds.entries()) {
    shares[i] =
      quick.share * below(bound, quick.medianMs * slower, quick.spread) +
      (1 - quick.share) * below(bound, median, waiting.spread);
  }
  return shares;
}

/** The log-normal distribution function. */
function below(ms: number, medianMs: number, spread: number): number {
  return 0.5 * erfc(-Math.log(ms / medianMs) / (spread * Math.SQRT2));
}

/**
 * `count` requests in fifteen buckets that add up to it exactly: one uniform throw in
 * [0, 1) for all buckets (systematic sampling), so that each is right on average.
 */
export function histogram(count: number, shares: Float64Array, throwOnce: number): string {
  let text = "";
  let counted = 0;
  for (let i = 0; i < shares.length; i += 1) {
    const upTo = Math.floor(count * (shares[i] ?? 1) + throwOnce);
    text += `,${upTo - counted}`;
    counted = upTo;
  }
  return text;
}
