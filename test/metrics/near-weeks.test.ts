/** Which weeks are computed together, when a refresh finds some of long ago beside a new one. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { nearWeeks } from "../../src/metrics/roll-up/near-weeks.ts";
import { addWeeks, weeksBetween } from "../../src/metrics/week.ts";

const MONDAY = "2020-01-06";

test("a corrected row of two years ago does not have the years between read for a new week", () => {
  const long = ["2024-09-30", "2024-10-07"];
  expect(nearWeeks(["2026-11-16", ...long])).toEqual([long, ["2026-11-16"]]);
});

test("all weeks stand in one run each, in order, and runs are parted by half a year", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 400 })), (numbers) => {
      const weeks = numbers.map((number) => addWeeks(MONDAY, number));
      const runs = nearWeeks(weeks);
      expect(runs.flat()).toEqual([...new Set(weeks)].sort());
      for (const run of runs)
        for (const [i, week] of run.slice(1).entries())
          expect(weeksBetween(run[i] ?? "", week)).toBeLessThanOrEqual(26);
      for (const [i, run] of runs.slice(1).entries())
        expect(weeksBetween(runs[i]?.at(-1) ?? "", run[0] ?? "")).toBeGreaterThan(26);
    }),
  );
});
