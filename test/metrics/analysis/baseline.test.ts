import { describe, expect, test } from "vitest";
import { baselineBefore, fitBaseline } from "../../../src/metrics/analysis/baseline.ts";
import { startHistory } from "../../../src/metrics/analysis/history.ts";
import type { Kind, Observation } from "../../../src/metrics/analysis/observation.ts";
import { believedSpread } from "../../../src/metrics/analysis/spread.ts";
import { aSeries, quietWeeks } from "./a-series.ts";

function fitOf(kind: Kind, observations: readonly Observation[]) {
  const history = startHistory(aSeries(observations, { kind }));
  const baseline = baselineBefore(history, observations.length, 12);
  if (baseline === null) throw new Error("no baseline");
  return fitBaseline(history, baseline, []);
}

describe("the baseline", () => {
  test("is the latest 26 weeks that count, within 52", () => {
    const history = startHistory(aSeries(quietWeeks(100)));
    expect(baselineBefore(history, 80, 12)?.map(({ week }) => week)).toEqual(
      Array.from({ length: 26 }, (_, after) => 54 + after),
    );
    for (let week = 40; week < 75; week++) history.leftOut.add(week);
    const weeks = baselineBefore(history, 80, 12)?.map(({ week }) => week) ?? [];
    expect([weeks[0], weeks.length]).toEqual([28, 17]);
  });

  test("has weeks that are not 0, where values are tested", () => {
    const zeros = quietWeeks(30).map((value, week) => (week < 19 ? 0 : value));
    expect(baselineBefore(startHistory(aSeries(zeros)), 30, 12)).toBeNull();
    expect(baselineBefore(startHistory(aSeries(zeros, { kind: "flow" })), 30, 12)).toHaveLength(26);
  });

  test("counts a clipped week as its limit, and looks at both for its scale", () => {
    const history = startHistory(aSeries(quietWeeks(30), { kind: "flow" }));
    const before = baselineBefore(history, 30, 12) ?? [];
    expect(fitBaseline(history, before, []).scale).toBe("ln");
    history.clipped.set(20, { sum: 25, squares: 625, n: 1 });
    const clipped = baselineBefore(history, 30, 12) ?? [];
    expect(clipped.find(({ week }) => week === 20)?.counted.sum).toBe(25);
    expect(fitBaseline(history, clipped, []).scale).toBe("count");
  });
});

describe("the smallest believed spread", () => {
  const counts = quietWeeks(26);
  const few = counts.map((value) => value - 90);
  const answers = counts.map(() => ({ promoters: 30, detractors: 10, n: 60 }));
  test.each<[Kind, readonly Observation[], number, number]>([
    ["prop", counts.map(() => ({ x: 4, n: 9 })), 1.2, 1],
    ["nps", answers, 0, Math.sqrt(40 / 60 - (20 / 60) ** 2)],
    ["flow", counts, Math.log(100), 1 / 10],
    ["flow", few, 6, 1],
    ["stock", counts, Math.log(100), 1 / 200],
    ["value", counts, Math.log(100), 0],
  ])("of kind %s is that of chance", (kind, observations, X, wanted) => {
    expect(believedSpread(kind, fitOf(kind, observations), X)).toBeCloseTo(wanted, 12);
  });

  test("of few standing accounts is that of one account", () => {
    const fit = fitOf("stock", few);
    expect(believedSpread("stock", fit, 6)).toBe(1 / fit.line.ym);
  });
});
