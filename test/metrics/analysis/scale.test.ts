import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type Kind,
  type Observation,
  sampleOf,
} from "../../../src/metrics/analysis/observation.ts";
import { back, chooseScale, tellSample, toScale } from "../../../src/metrics/analysis/scale.ts";

function samples(kind: Kind, ...observations: Observation[]) {
  return observations.map((observation) => {
    const sample = sampleOf(kind, observation);
    if (sample === null) throw new Error("none");
    return sample;
  });
}

describe("the scale follows the values in use", () => {
  test.each([
    ["flow", [30, 31], "ln"],
    ["flow", [29.9, 31], "count"],
    ["stock", [0, 500], "count"],
    ["value", [0.1, 7], "ln"],
    ["value", [0, 7], "root"],
    ["value", [-1, 0, 7], "signed"],
  ] as const)("%s %j: %s", (kind, values, scale) => {
    expect(chooseScale(kind, samples(kind, ...values))).toBe(scale);
  });
});

test("back undoes every scale", () => {
  const units = fc.integer({ min: 1, max: 1000 });
  fc.assert(
    fc.property(fc.double({ min: 1e-3, max: 1e9, noNaN: true }), units, units, (v, a, b) => {
      const [share, score, number] = [
        ...samples("prop", { x: a, n: a + b }),
        ...samples("nps", { promoters: a, detractors: b, n: a + b + 7 }),
        ...samples("value", v),
      ];
      const cases = [
        ["share", share],
        ["score", score],
        ["count", number],
        ["ln", number],
        ["root", number],
        ["signed", number],
      ] as const;
      for (const [scale, sample] of cases) {
        if (sample === undefined) throw new Error("none");
        const told = tellSample(scale, sample);
        const returned = back(scale, toScale(scale, sample), sample.n);
        expect(Math.abs(returned - told)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(told)));
      }
    }),
  );
});

test("limits never leave what the metric can be", () => {
  fc.assert(
    fc.property(
      fc.double({ min: -50, max: 50, noNaN: true }),
      fc.integer({ min: 1, max: 99 }),
      (y, n) => {
        expect(back("share", y, n)).toBeGreaterThanOrEqual(0);
        expect(back("share", y, n)).toBeLessThanOrEqual(1);
        expect(back("count", y, 1)).toBeGreaterThanOrEqual(0);
        expect(back("root", y, 1)).toBeGreaterThanOrEqual(0);
      },
    ),
  );
});

test.each<[Kind, Observation]>([
  ["prop", { x: 0, n: 0 }],
  ["prop", { x: 7, n: 6 }],
  ["nps", { promoters: 4, detractors: 4, n: 6 }],
  ["flow", -1],
  ["value", Number.NaN],
])("of kind %s %j cannot be, and is none", (kind, observation) => {
  expect(sampleOf(kind, observation)).toBeNull();
});

test("another kind's observation is a bug", () => {
  expect(() => sampleOf("prop", 3)).toThrow("not an observation of kind prop");
  expect(() => sampleOf("value", { x: 1, n: 2 })).toThrow("not an observation of kind value");
});
