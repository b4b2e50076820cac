import type { Comparison } from "./comparison.ts";
import { fisherP } from "./fisher.ts";
import type { Share } from "./observation.ts";
import { twoSidedP } from "./tails.ts";
import { wilson } from "./wilson.ts";

/** Below this many expected units in a cell the normal law is not to be trusted. */
const SMALL_CELL = 5;

/**
 * Two independent shares: a pooled z-test, or Fisher's exact test where the smallest expected cell
 * is small; Newcombe's hybrid score interval. Both `n` above 0. Source: METRICS.md 4.2 A.
 */
export function compareShares(one: Share, other: Share): Comparison & { by: "z" | "fisher" } {
  const by = smallestCell(one, other) < SMALL_CELL ? "fisher" : "z";
  const difference = one.x / one.n - other.x / other.n;
  const p = by === "fisher" ? fisherP(one, other) : pooledP(one, other);
  return { difference, p, interval: newcombe(one, other), by };
}

/** The smallest of the four cells to expect if both shares were the same. */
export function smallestCell(one: Share, other: Share): number {
  const n = one.n + other.n;
  const yes = one.x + other.x;
  return (Math.min(one.n, other.n) * Math.min(yes, n - yes)) / n;
}

function pooledP(one: Share, other: Share): number {
  const share = (one.x + other.x) / (one.n + other.n);
  const error = Math.sqrt(share * (1 - share) * (1 / one.n + 1 / other.n));
  return twoSidedP((one.x / one.n - other.x / other.n) / error, "normal");
}

function newcombe(one: Share, other: Share): readonly [number, number] {
  const [p1, p0] = [one.x / one.n, other.x / other.n];
  const [l1, u1] = wilson(one);
  const [l0, u0] = wilson(other);
  const d = p1 - p0;
  return [d - Math.hypot(p1 - l1, u0 - p0), d + Math.hypot(u1 - p1, p0 - l0)];
}
