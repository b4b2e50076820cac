import fc from "fast-check";
import { expect, test } from "vitest";
import { fitLine, heightAt, type Point } from "../../../src/metrics/analysis/line.ts";

const points = fc
  .array(
    fc.record({
      y: fc.integer({ min: -1e6, max: 1e6 }).map((millis) => millis / 1000),
      w: fc.double({ min: 0.5, max: 500, noNaN: true }),
      gap: fc.integer({ min: 1, max: 3 }),
    }),
    { minLength: 12, maxLength: 26 },
  )
  .map((rows) => {
    let week = 0;
    return rows.map(({ y, w, gap }): Point => {
      week += gap;
      return { week, y, w };
    });
  });

function straight(noise: (week: number) => number): Point[] {
  return Array.from({ length: 26 }, (_, week) => ({ week, y: 3 + 2 * week + noise(week), w: 1 }));
}

test("a clear slope is kept and continues", () => {
  const line = fitLine(straight((week) => (week % 2 ? 0.1 : -0.1)));
  expect(line.k).toBeGreaterThan(0.999);
  expect(heightAt(line, 30)).toBeCloseTo(63, 0);
});

test("a slope within its own uncertainty is no slope", () => {
  const flat = Array.from({ length: 26 }, (_, week) => ({ week, y: (week * 7) % 5, w: 1 }));
  const line = fitLine(flat);
  expect(line.k).toBe(0);
  expect(heightAt(line, 100)).toBe(line.ym);
});

test("what alternates carries nothing over, what lingers does, and a gap breaks it", () => {
  expect(fitLine(straight((week) => (week % 2 ? 1 : -1))).r).toBe(0);
  const lingering = straight((week) => (week % 8 < 4 ? 1 : -1));
  expect(fitLine(lingering).r).toBeGreaterThan(0.4);
  expect(fitLine(lingering.map((point) => ({ ...point, week: point.week * 2 }))).r).toBe(0);
});

test("slope and carry stay within their bounds and residuals weigh out", () => {
  fc.assert(
    fc.property(points, (sample) => {
      const line = fitLine(sample);
      expect(line.k).toBeGreaterThanOrEqual(0);
      expect(line.k).toBeLessThanOrEqual(1);
      expect(line.r).toBeGreaterThanOrEqual(0);
      expect(line.r).toBeLessThanOrEqual(0.95);
      const balance = sample.reduce(
        (sum, { week, y, w }) => sum + w * (y - heightAt(line, week)),
        0,
      );
      expect(Math.abs(balance)).toBeLessThan(1e-9 * line.S * 100);
      expect(line.latest.week).toBe(sample.at(-1)?.week);
    }),
  );
});

test("weights count as so many weeks: doubling them all changes neither line nor carry", () => {
  fc.assert(
    fc.property(points, (sample) => {
      const line = fitLine(sample);
      const doubled = fitLine(sample.map((point) => ({ ...point, w: 2 * point.w })));
      expect(doubled.b).toBeCloseTo(line.b, 9);
      expect(doubled.r).toBeCloseTo(line.r, 9);
      expect(doubled.S).toBeCloseTo(2 * line.S, 6);
    }),
  );
});
