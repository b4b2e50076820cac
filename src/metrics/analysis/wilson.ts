import type { Share } from "./observation.ts";
import { Z_95 } from "./tails.ts";

/** Wilson's 95% interval of one share, within 0..1. Source: METRICS.md 4.2 A. */
export function wilson({ x, n }: Share): readonly [number, number] {
  const p = x / n;
  const z2 = Z_95 ** 2;
  const centre = (p + z2 / (2 * n)) / (1 + z2 / n);
  const half = (Z_95 * Math.sqrt((p * (1 - p)) / n + z2 / (4 * n ** 2))) / (1 + z2 / n);
  return [Math.max(0, centre - half), Math.min(1, centre + half)];
}
