import fc from "fast-check";
import { expect, test } from "vitest";
import { niceStep, stepFor, ticksWithin } from "../../src/render/nice-ticks.ts";

test("steps are round", () => {
  expect([niceStep(10, 5), niceStep(11, 5), niceStep(0.6, 6), niceStep(122, 6)]).toEqual([
    2, 2.5, 0.1, 25,
  ]);
});

test("ticks have the digits of their step and no negative zero", () => {
  expect(ticksWithin(0, 0.5, 0.1)).toEqual([0, 0.1, 0.2, 0.3, 0.4, 0.5]);
  expect(Object.is(ticksWithin(-0.2, 0.2, 0.1)[2], 0)).toBe(true);
});

test("no more parts than asked, whatever the span", () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-190, max: 1e190, noNaN: true }), (span) => {
      const parts = span / niceStep(span, 6);
      expect(parts).toBeLessThanOrEqual(6.000001);
      expect(parts).toBeGreaterThan(2.3);
    }),
  );
});

test("a target between two ticks is told with as many digits as it needs", () => {
  expect(stepFor(0.45, 0.05)).toBeCloseTo(0.05);
  expect(stepFor(0.415, 0.05)).toBeCloseTo(0.005);
  expect(stepFor(1 / 3, 0.05)).toBeCloseTo(0.0005);
});
