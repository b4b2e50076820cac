import { expect, test } from "vitest";
import { startHistory } from "../../../src/metrics/analysis/history.ts";
import { heightAt } from "../../../src/metrics/analysis/line.ts";
import { runOfEight } from "../../../src/metrics/analysis/run-of-eight.ts";
import { twoSidedP } from "../../../src/metrics/analysis/tails.ts";
import { aSeries, quietWeeks } from "./a-series.ts";

/** 100 units a week but the last eight, which have 40 and, in the last, 400. */
function growingShares() {
  const noise = quietWeeks(40).map((value) => value - 100);
  return noise.map((wobble, week) => {
    const n = week < 32 ? 100 : week < 39 ? 40 : 400;
    return { x: Math.round((0.2 + 0.01 * week + wobble / 100 + (week < 32 ? 0 : 0.08)) * n), n };
  });
}

test("the eight are held against the line before them, at their own mean week", () => {
  const shares = growingShares();
  const history = startHistory(aSeries(shares, { kind: "prop", nMin: 30 }));
  const run = runOfEight(history, 39);
  if (run === null) throw new Error("no run");
  const { line } = run.fit;
  expect(line.latest.week).toBe(31);
  expect(line.k).toBeGreaterThan(0.5);

  const eight = shares.slice(32).map(({ x, n }, after) => ({
    t: 32 + after,
    y: 2 * Math.asin(Math.sqrt((x + 3 / 8) / (n + 3 / 4))),
    w: n + 1 / 2,
  }));
  const total = eight.reduce((sum, { w }) => sum + w, 0);
  const mean = (of: (one: { t: number; y: number; w: number }) => number) =>
    eight.reduce((sum, one) => sum + one.w * of(one), 0) / total;
  const t8 = mean(({ t }) => t);
  const d = mean(({ t, y }) => y - heightAt(line, t));
  const carry = Math.min(0.95, line.r + 0.3);
  const se =
    Math.max(line.s, 1) *
    Math.sqrt(
      ((1 / total + 1 / line.S) * (1 + carry)) / (1 - carry) +
        (line.k * (t8 - line.tm) ** 2) / line.Sxx,
    );
  expect(run.d).toBeCloseTo(d, 12);
  expect(run.p).toBeCloseTo(twoSidedP(d / se, { df: 13 }), 12);
  expect(run).toMatchObject({ first: 32, oneSided: true, allCounted: true, bigEnough: true });
});

test("it needs all eight weeks and twenty before them", () => {
  const weeks = quietWeeks(60);
  const with30None = weeks.map((value, week) => (week === 30 ? null : value));
  expect(runOfEight(startHistory(aSeries(weeks)), 26)).toBeNull();
  expect(runOfEight(startHistory(aSeries(weeks)), 27)).not.toBeNull();
  expect(runOfEight(startHistory(aSeries(with30None)), 37)).toBeNull();
  expect(runOfEight(startHistory(aSeries(with30None)), 38)).not.toBeNull();
});

test("a week left out of baselines is still measured, but told", () => {
  const history = startHistory(aSeries(quietWeeks(60)));
  history.leftOut.add(35);
  expect(runOfEight(history, 40)).toMatchObject({ allCounted: false });
});
