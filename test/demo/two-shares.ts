/** Yes of all. */
export interface Share {
  x: number;
  n: number;
}

const z95 = 1.959964;

function wilson({ x, n }: Share): [low: number, high: number] {
  const p = x / n;
  const scale = 1 + z95 ** 2 / n;
  const centre = (p + z95 ** 2 / (2 * n)) / scale;
  const half = (z95 * Math.sqrt((p * (1 - p)) / n + z95 ** 2 / (4 * n * n))) / scale;
  return [centre - half, centre + half];
}

/** The first less the other, Newcombe's 95% interval of it, and z of the pooled test (METRICS.md 4.2 A). */
export function compareShares(
  one: Share,
  other: Share,
): { difference: number; interval: [low: number, high: number]; z: number } {
  const [p1, p0] = [one.x / one.n, other.x / other.n];
  const [[l1, u1], [l0, u0]] = [wilson(one), wilson(other)];
  const difference = p1 - p0;
  const pooled = (one.x + other.x) / (one.n + other.n);
  return {
    difference,
    interval: [
      difference - Math.hypot(p1 - l1, u0 - p0),
      difference + Math.hypot(u1 - p1, p0 - l0),
    ],
    z: difference / Math.sqrt(pooled * (1 - pooled) * (1 / one.n + 1 / other.n)),
  };
}
