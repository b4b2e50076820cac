/** METRICS.md 4.4: changes from week to week, winsorised, compared at a lag. */

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

function winsorised(values: readonly number[]): number[] {
  const centre = median(values);
  const reach = 3 * 1.4826 * median(values.map((v) => Math.abs(v - centre)));
  return reach === 0
    ? [...values]
    : values.map((v) => Math.min(centre + reach, Math.max(centre - reach, v)));
}

function pearson(x: readonly number[], y: readonly number[]): number {
  const mean = (v: readonly number[]) => v.reduce((a, b) => a + b, 0) / v.length;
  const [mx, my] = [mean(x), mean(y)];
  let [xy, xx, yy] = [0, 0, 0];
  for (const [i, value] of x.entries()) {
    const [dx, dy] = [value - mx, (y[i] ?? 0) - my];
    xy += dx * dy;
    xx += dx * dx;
    yy += dy * dy;
  }
  return xy / Math.sqrt(xx * yy);
}

/**
 * r of the weekly changes of `x` with those of `y` `lag` weeks later, and Student's t of it.
 * A change that touches a missing week is missing.
 */
export function lagged(
  x: readonly (number | null)[],
  y: readonly (number | null)[],
  lag: number,
): { r: number; t: number; weeks: number } {
  const change = (v: readonly (number | null)[], at: number) => {
    const [now, before] = [v[at] ?? null, v[at - 1] ?? null];
    return now === null || before === null ? null : now - before;
  };
  const pairs: [number, number][] = [];
  for (let at = lag + 1; at < y.length; at += 1) {
    const [dx, dy] = [change(x, at - lag), change(y, at)];
    if (dx !== null && dy !== null) pairs.push([dx, dy]);
  }
  const r = pearson(winsorised(pairs.map(([dx]) => dx)), winsorised(pairs.map(([, dy]) => dy)));
  return { r, t: r * Math.sqrt((pairs.length - 2) / (1 - r * r)), weeks: pairs.length };
}
