import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { trendScale } from "../../src/render/trend-scale.ts";
import { pointsOf } from "./trend-cards.ts";

describe("the vertical axis", () => {
  test("starts at 0 when the values come near it", () => {
    expect(trendScale(pointsOf([10, 50, 100]), null).low).toBe(0);
  });

  test("does not start at 0 when that would flatten the line", () => {
    const { low, high } = trendScale(pointsOf([400, 450, 500]), null);
    expect(low).toBeCloseTo(392);
    expect(high).toBeCloseTo(508);
  });

  test("has no room below 0 when no value is negative, and none above it when none is positive", () => {
    expect(trendScale(pointsOf([0, 1]), null).low).toBe(0);
    expect(trendScale(pointsOf([-1, 0]), null).high).toBe(0);
  });

  test("of a level series runs from 0, so that a share of 100% has no tick above it", () => {
    const { low, ticks } = trendScale(pointsOf([1, 1, 1]), null);
    expect(low).toBe(0);
    expect(ticks.at(-1)).toBe(1);
  });

  test("has no tick above the most that a value can be, and room there for the marks", () => {
    const near = trendScale(pointsOf([0.9991, 0.9996, 1]), null, 1);
    expect(near.ticks.at(-1)).toBeLessThanOrEqual(1);
    expect(near.high).toBeGreaterThan(1);
  });

  test("is stretched by the limits, but only so far, and the rest is cut", () => {
    const near = trendScale(pointsOf([40, 50, 60], 50, 20), null);
    expect([near.low < 30, near.high > 70]).toEqual([true, true]);
    const far = trendScale(pointsOf([40, 50, 60], 50, 1000), null);
    expect(far.high).toBeLessThan(100);
  });

  test("names a target that is far away instead of flattening the line for it", () => {
    expect(trendScale(pointsOf([40, 50, 60]), 90).target).toBe("inside");
    expect(trendScale(pointsOf([40, 50, 60]), 900).target).toBe("above");
    expect(trendScale(pointsOf([40, 50, 60]), -900).target).toBe("below");
  });

  test("has no ticks when there is nothing to read off them", () => {
    expect(trendScale(pointsOf([null, null]), null).ticks).toEqual([]);
  });

  test("holds every value, with two to seven rising ticks of its step inside it", () => {
    const value = fc.double({ min: -1e12, max: 1e12, noNaN: true });
    const settled = value.map((v) => (Math.abs(v) < 1e-200 ? 0 : v));
    fc.assert(
      fc.property(fc.array(settled, { minLength: 1, maxLength: 30 }), (values) => {
        const { low, high, step, ticks } = trendScale(pointsOf(values), null);
        expect(Math.min(...values)).toBeGreaterThanOrEqual(low);
        expect(Math.max(...values)).toBeLessThanOrEqual(high);
        expect(ticks.length).toBeGreaterThanOrEqual(2);
        expect(ticks.length).toBeLessThanOrEqual(7);
        for (const [i, tick] of ticks.entries()) {
          expect(tick).toBeGreaterThanOrEqual(low - step * 1e-6);
          expect(tick).toBeLessThanOrEqual(high + step * 1e-6);
          if (i > 0) expect(tick).toBeGreaterThan(ticks[i - 1] ?? tick);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
