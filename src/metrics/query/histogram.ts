/** Upper bounds of the latency buckets in milliseconds; the last bucket has none. */
const bounds = [5, 10, 25, 50, 75, 100, 250, 500, 750, 1000, 2500, 5000, 7500, 10000] as const;

/** What a quantile in the last, open bucket is told as. */
const ABOVE_RANGE = 10_000;

/** `aboveRange`: in the last bucket, so that it is at least the value. */
export interface HistogramQuantile {
  value: number;
  aboveRange: boolean;
}

/**
 * Quantile of a merged latency histogram in milliseconds, linear inside a bucket; null when it is
 * empty, 10000 in the last bucket, as on the edge below it. Source: METRICS.md 2, `hist_q`; as Prometheus' histogram_quantile.
 */
export function histogramQuantile(counts: readonly number[], q: number): HistogramQuantile | null {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total === 0) return null;
  const need = q * total;
  let below = 0;
  let low = 0;
  for (const [i, bound] of bounds.entries()) {
    const count = counts[i] ?? 0;
    if (count > 0 && below + count >= need)
      return { value: low + ((bound - low) * (need - below)) / count, aboveRange: false };
    below += count;
    low = bound;
  }
  return { value: ABOVE_RANGE, aboveRange: true };
}
