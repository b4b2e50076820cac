import fc from "fast-check";
import { expect, test } from "vitest";
import { fisherP } from "../../../src/metrics/analysis/fisher.ts";
import type { Share } from "../../../src/metrics/analysis/observation.ts";
import { compareShares, smallestCell } from "../../../src/metrics/analysis/two-proportions.ts";
import { wilson } from "../../../src/metrics/analysis/wilson.ts";

function shares(most: number): fc.Arbitrary<Share> {
  return fc
    .integer({ min: 1, max: most })
    .chain((n) => fc.integer({ min: 0, max: n }).map((x) => ({ x, n })));
}

test("45 of 60 have the interval of example S1", () => {
  const [low, high] = wilson({ x: 45, n: 60 });
  expect(low).toBeCloseTo(0.627679, 6);
  expect(high).toBeCloseTo(0.842235, 6);
});

test.each([
  ["S2", { x: 24, n: 48 }, { x: 45, n: 60 }, 0.007193, [-0.414415, -0.067004]],
  ["S14", { x: 18, n: 60 }, { x: 9, n: 90 }, 0.001787, [0.07161, 0.333448]],
] as const)("two shares differ as in example %s", (_, one, other, p, [low, high]) => {
  const compared = compareShares(one, other);
  expect(compared.by).toBe("z");
  expect(compared.p).toBeCloseTo(p, 6);
  expect(compared.interval[0]).toBeCloseTo(low, 6);
  expect(compared.interval[1]).toBeCloseTo(high, 6);
});

test("small cells switch to Fisher's exact test as in example S3", () => {
  const [one, other] = [
    { x: 1, n: 20 },
    { x: 6, n: 22 },
  ];
  expect(smallestCell(one, other)).toBeCloseTo(3.33, 2);
  expect(compareShares(one, other).by).toBe("fisher");
  expect(compareShares(one, other).p).toBeCloseTo(0.096116, 6);
});

/** C(n, k), exactly. */
function choose(n: number, k: number): bigint {
  let ways = 1n;
  for (let i = 1; i <= k; i++) ways = (ways * BigInt(n - k + i)) / BigInt(i);
  return ways;
}

function fisherCounted(one: Share, other: Share): number {
  const yes = one.x + other.x;
  const ways = (x: number) => choose(one.n, x) * choose(other.n, yes - x);
  let rare = 0n;
  for (let x = Math.max(0, yes - other.n); x <= Math.min(one.n, yes); x++) {
    if (ways(x) <= ways(one.x)) rare += ways(x);
  }
  return Number((rare * 10n ** 17n) / choose(one.n + other.n, yes)) / 1e17;
}

test("Fisher's p equals counting all tables in whole numbers", () => {
  fc.assert(
    fc.property(shares(60), shares(60), (one, other) => {
      expect(fisherP(one, other)).toBeCloseTo(fisherCounted(one, other), 10);
    }),
  );
});

test("Fisher's p stays a probability where a sample is huge", () => {
  expect(fisherP({ x: 10, n: 10 }, { x: 10, n: 1_000_000 })).toBeGreaterThan(0);
  expect(fisherP({ x: 0, n: 4 }, { x: 2, n: 50_000_000 })).toBeCloseTo(1, 6);
});

test("shares that are both 0 or both 1 do not differ", () => {
  expect(compareShares({ x: 0, n: 50 }, { x: 0, n: 70 }).p).toBe(1);
  expect(compareShares({ x: 50, n: 50 }, { x: 70, n: 70 }).p).toBe(1);
});

test("the interval holds the difference, lies within -1..1 and mirrors when the sides change places", () => {
  fc.assert(
    fc.property(shares(500), shares(500), (one, other) => {
      const { difference, interval, p } = compareShares(one, other);
      expect(interval[0]).toBeLessThanOrEqual(difference);
      expect(interval[1]).toBeGreaterThanOrEqual(difference);
      expect(interval[0]).toBeGreaterThanOrEqual(-1 - 1e-12);
      expect(interval[1]).toBeLessThanOrEqual(1 + 1e-12);
      expect(p).toBeGreaterThan(0);
      expect(p).toBeLessThanOrEqual(1);
      const mirrored = compareShares(other, one);
      expect(mirrored.interval[0]).toBeCloseTo(-interval[1], 12);
      expect(mirrored.p).toBeCloseTo(p, 10);
    }),
  );
});

test("a Wilson interval lies within 0..1 around its share", () => {
  fc.assert(
    fc.property(shares(5000), (share) => {
      const [low, high] = wilson(share);
      expect(low).toBeGreaterThanOrEqual(0);
      expect(high).toBeLessThanOrEqual(1);
      expect(low).toBeLessThanOrEqual(share.x / share.n + 1e-12);
      expect(high).toBeGreaterThanOrEqual(share.x / share.n - 1e-12);
    }),
  );
});
