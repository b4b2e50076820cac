import fc from "fast-check";
import { expect, test } from "vitest";
import { type Law, limitPoint, twoSidedP } from "../../../src/metrics/analysis/tails.ts";

test.each<[Law, number]>([
  ["normal", 2.5758293035489],
  [{ df: 6 }, 3.707428],
  [{ df: 13 }, 3.012276],
])("the two-sided 1%% point of %j is that of the tables", (law, point) => {
  expect(limitPoint(law)).toBeCloseTo(point, 6);
});

test("a limit has a p of 1% under its own law", () => {
  for (const law of ["normal", ...[6, 8, 10, 13].map((df) => ({ df }))] as Law[]) {
    expect(twoSidedP(limitPoint(law), law)).toBeCloseTo(0.01, 10);
    expect(twoSidedP(-limitPoint(law), law)).toBeCloseTo(0.01, 10);
  }
});

test("far tails keep their digits where 1 - cdf would be 0", () => {
  expect(twoSidedP(20, "normal")).toBeCloseTo(5.507248e-89, 94);
  expect(twoSidedP(1e7, { df: 13 })).toBeGreaterThan(0);
  expect(twoSidedP(Number.POSITIVE_INFINITY, { df: 13 })).toBe(0);
});

test("p falls from 1 as the distance grows", () => {
  const t = fc.double({ min: 0, max: 1e3, noNaN: true });
  const df = fc.integer({ min: 6, max: 13 });
  fc.assert(
    fc.property(t, t, df, (one, other, degrees) => {
      const [near, far] = [Math.min(one, other), Math.max(one, other)];
      for (const law of ["normal", { df: degrees }] as Law[]) {
        expect(twoSidedP(far, law)).toBeLessThanOrEqual(twoSidedP(near, law) + 1e-15);
      }
      expect(twoSidedP(0, "normal")).toBe(1);
    }),
  );
});
