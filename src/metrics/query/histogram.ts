/** Upper bounds of the latency buckets in milliseconds; the last bucket has none. */
const bounds = [5, 10, 25, 50, 75, 100, 250, 500, 750, 1000, 2500, 5000, 7500, 10000] as const;

/** What a quantile in the last, open bucket is told as. */
export const ABOVE_RANGE = 10_000;

/**
 * Quantile of a merged latency histogram in milliseconds, linear inside a bucket; null when it is
 * empty, 10000 in the last bucket. Source: METRICS.md 2, `hist_q`; as Prometheus' histogram_quantile.
 */
export function histogramQuantile(counts: readonly number[], q: number): number | null {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total === 0) return null;
  const need = q * total;
  let below = 0;
  let low = 0;
  for (const [i, bound] of bounds.entries()) {
    const count = counts[i] ?? 0;
    if (count > 0 && below + count >= need) return low + ((bound - low) * (need - below)) / count;
    below += count;
    low = bound;
  }
  return ABOVE_RANGE;
}
