import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { VerdictSeries } from "../../../src/metrics/analysis/history.ts";
import type { Observation } from "../../../src/metrics/analysis/observation.ts";
import { type WeekVerdict, walkVerdicts } from "../../../src/metrics/analysis/walk-verdicts.ts";
import { anySeries, aSeries, quietWeeks } from "./a-series.ts";

const RUNS = { numRuns: 40 };

function walkOne(series: VerdictSeries): WeekVerdict[] {
  return walkVerdicts([series])[0] ?? [];
}

function words(verdicts: readonly WeekVerdict[]): string[] {
  return verdicts.map(({ word }) => word);
}

/** The weeks with some of them replaced. */
function withWeeks(weeks: readonly number[], others: Record<number, number>): number[] {
  return weeks.map((value, week) => others[week] ?? value);
}

/** Just outside the upper limit of week `week`: p a little below 1%. */
function justOutside(weeks: readonly number[], week: number): number {
  const verdict = walkOne(aSeries(weeks))[week];
  if (verdict?.expected == null || verdict.high === null) throw new Error("not tested");
  return verdict.expected + (verdict.high - verdict.expected) * 1.02;
}

describe("a week is judged by what came before it", () => {
  test("whatever comes later, earlier verdicts stand", () => {
    fc.assert(
      fc.property(
        fc.array(anySeries, { minLength: 1, maxLength: 3 }),
        fc.nat(130),
        (family, cut) => {
          const whole = walkVerdicts(family);
          const early = walkVerdicts(
            family.map((series) => ({
              ...series,
              observations: series.observations.slice(0, cut),
            })),
          );
          expect(early).toEqual(whole.map((verdicts) => verdicts.slice(0, cut)));
        },
      ),
      RUNS,
    );
  });

  test("the same rows give the same verdicts, in whatever order the family stands", () => {
    fc.assert(
      fc.property(fc.array(anySeries, { minLength: 1, maxLength: 4 }), (family) => {
        const walked = walkVerdicts(family);
        expect(walkVerdicts(family)).toEqual(walked);
        expect(walkVerdicts(family.toReversed())).toEqual(walked.toReversed());
      }),
      RUNS,
    );
  });

  test("weeks before the first observation change no word", () => {
    fc.assert(
      fc.property(anySeries, fc.integer({ min: 1, max: 30 }), (series, empty) => {
        const before: Observation[] = new Array(empty).fill(null);
        const later = walkOne({
          ...series,
          observations: [...before, ...series.observations],
          resets: series.resets.map((week) => week + empty),
        });
        expect(words(later.slice(empty))).toEqual(words(walkOne(series)));
      }),
      RUNS,
    );
  });

  test("a family whose series cover different weeks is a bug", () => {
    const family = [aSeries([1, 2]), aSeries([1])];
    expect(() => walkVerdicts(family)).toThrow("different weeks");
    expect(walkVerdicts([])).toEqual([]);
  });
});

describe("the books balance", () => {
  test("a movement opens with a signal or a run, ends once, and never lasts past 12 weeks", () => {
    let opened = 0;
    fc.assert(
      fc.property(anySeries, (series) => {
        let open: WeekVerdict["movement"] = null;
        for (const [week, { word, movement, ended, since }] of walkOne(series).entries()) {
          const opens = word === "signal" || word === "run";
          if (opens) opened++;
          expect(movement?.openedIn === week).toBe(opens);
          expect(ended.map(({ first }) => first)).toEqual(
            open && movement?.openedIn !== open.openedIn ? [open.first] : [],
          );
          if (movement) expect(week - movement.openedIn).toBeLessThan(12);
          const told = opens || word === "continuing";
          expect(since).toBe(told ? movement?.first : null);
          open = movement;
        }
      }),
      RUNS,
    );
    expect(opened).toBeGreaterThan(20);
  });

  test("figures are told of tested weeks only, and expected lies within the limits", () => {
    fc.assert(
      fc.property(anySeries, (series) => {
        for (const verdict of walkOne(series)) {
          const { word, p, expected, low, high, pAdjusted } = verdict;
          if (word === "not_tested" || word === "too_few_weeks") expect(p).toBeNull();
          if (p === null || expected === null || low === null || high === null) {
            expect([p, expected, low, high, pAdjusted]).toEqual([null, null, null, null, null]);
            continue;
          }
          expect(Number.isFinite(p)).toBe(true);
          expect(low).toBeLessThanOrEqual(expected);
          expect(expected).toBeLessThanOrEqual(high);
          if (pAdjusted !== null) expect(pAdjusted).toBeGreaterThanOrEqual(p);
        }
      }),
      RUNS,
    );
  });
});

describe("what a Monday says", () => {
  test("quiet weeks are routine once there are twelve before them", () => {
    const verdicts = words(walkOne(aSeries(quietWeeks(60))));
    expect(verdicts.slice(0, 12)).toEqual(new Array(12).fill("too_few_weeks"));
    expect(verdicts.slice(12)).toEqual(new Array(48).fill("routine"));
  });

  test("a lasting step is announced once, goes on, and is normal twelve weeks later", () => {
    const weeks = quietWeeks(80).map((value, week) => (week < 40 ? value : value + 25));
    const verdicts = walkOne(aSeries(weeks));
    expect(words(verdicts.slice(38, 54))).toEqual([
      "routine",
      "routine",
      "signal",
      ...new Array(11).fill("continuing"),
      "routine",
      "routine",
    ]);
    expect(verdicts[40]?.movement).toMatchObject({ first: 40, direction: 1, openedBy: "signal" });
    expect(verdicts[52]?.ended).toEqual([{ first: 40, how: "new_normal" }]);
  });

  test("a spike is closed by two ordinary weeks and widens no later limits", () => {
    const quiet = walkOne(aSeries(quietWeeks(60)))[50];
    const verdicts = walkOne(aSeries(withWeeks(quietWeeks(60), { 40: 190 })));
    expect(words(verdicts.slice(40, 43))).toEqual(["signal", "routine", "routine"]);
    expect(verdicts[42]?.ended).toEqual([{ first: 40, how: "returned" }]);
    const [width, ordinary] = [verdicts[50], quiet].map((v) => (v?.high ?? 0) - (v?.low ?? 0));
    expect(width).toBeLessThan(1.35 * (ordinary ?? 0));
  });

  test("two weeks in a row on one side open a movement from the first of them", () => {
    const weeks = quietWeeks(50);
    const { expected = 0, high = 0 } = walkOne(aSeries(weeks))[40] ?? {};
    const inside = (expected ?? 0) + 0.9 * ((high ?? 0) - (expected ?? 0));
    const verdicts = walkOne(aSeries(withWeeks(weeks, { 40: inside, 41: inside })));
    expect(verdicts[40]).toMatchObject({ word: "routine", movement: null });
    expect(verdicts[41]).toMatchObject({ word: "signal", since: 40 });
    expect(verdicts[41]?.p).toBeGreaterThan(0.01);
  });

  test("two weeks with none between them are not in a row", () => {
    const weeks = quietWeeks(50);
    const { expected, high } = walkOne(aSeries(weeks))[40] ?? {};
    const inside = (expected ?? 0) + 0.9 * ((high ?? 0) - (expected ?? 0));
    const apart = weeks.map((value, week) => (week === 40 || week === 42 ? inside : value));
    const verdicts = walkOne(aSeries(apart.map((value, week) => (week === 41 ? null : value))));
    expect(verdicts[40]?.p).toBeLessThan(0.05);
    expect(verdicts[42]?.p).toBeLessThan(0.05);
    expect(words(verdicts.slice(40, 43))).toEqual(["routine", "not_tested", "routine"]);
  });

  test("one p of nearly 1% is a signal when asked alone and chance in a family of 24", () => {
    const odd = aSeries(withWeeks(quietWeeks(45), { 40: justOutside(quietWeeks(45), 40) }));
    const calm = new Array<VerdictSeries>(23).fill(aSeries(quietWeeks(45)));
    expect(walkOne(odd)[40]).toMatchObject({ word: "signal" });
    expect(walkVerdicts([odd, ...calm])[0]?.[40]).toMatchObject({ word: "routine" });
  });

  test("what is smaller than min_effect is not worth telling", () => {
    const weeks = withWeeks(quietWeeks(45), { 40: 190 });
    expect(walkOne(aSeries(weeks, { minEffect: 80 }))[40]?.word).toBe("signal");
    expect(walkOne(aSeries(weeks, { minEffect: 100 }))[40]?.word).toBe("routine");
  });

  test("a dip that came in both years before is the season", () => {
    const dips = { 30: 60, 82: 60, 134: 60 };
    const verdicts = walkOne(aSeries(withWeeks(quietWeeks(150), dips)));
    expect([30, 82, 134].map((week) => verdicts[week]?.word)).toEqual([
      "signal",
      "signal",
      "seasonal",
    ]);
    const once = walkOne(aSeries(withWeeks(quietWeeks(150), { 82: 60, 134: 60 })));
    expect(once[134]?.word).toBe("signal");
  });

  test("a person's new normal starts the baseline over and ends the movement", () => {
    const weeks = quietWeeks(80).map((value, week) => (week < 40 ? value : value + 25));
    const verdicts = walkOne(aSeries(weeks, { resets: [43] }));
    expect(words(verdicts.slice(40, 56))).toEqual([
      "signal",
      "continuing",
      "continuing",
      ...new Array(12).fill("too_few_weeks"),
      "routine",
    ]);
    expect(verdicts[43]).toMatchObject({
      movement: null,
      ended: [{ first: 40, how: "new_normal" }],
    });
  });

  test("thin weeks are pooled up to n_min, and never over a new normal", () => {
    const thin = Array.from({ length: 60 }, (_, week) => ({ x: 3 + (week % 3), n: 10 }));
    const verdicts = walkOne(aSeries(thin, { kind: "prop", nMin: 30, resets: [30] }));
    expect(verdicts[20]).toMatchObject({ word: "routine", pooledWeeks: 4 });
    expect(words(verdicts.slice(30, 33))).toEqual(["not_tested", "not_tested", "too_few_weeks"]);
  });

  test("where the baseline has run thin, an open movement still goes on or waits, untested", () => {
    // Twelve weeks, a long gap, and a step: in week 53 the first of the twelve is out of reach.
    const weeks: (number | null)[] = new Array(60).fill(null);
    quietWeeks(12).forEach((value, week) => {
      weeks[week] = value;
    });
    [140, 140, 100, 100, 140, 140].forEach((value, after) => {
      weeks[51 + after] = value;
    });
    const verdicts = walkOne(aSeries(weeks));
    expect(words(verdicts.slice(51, 57))).toEqual([
      "signal",
      "continuing",
      "too_few_weeks",
      "too_few_weeks",
      "continuing",
      "continuing",
    ]);
    expect(verdicts[55]).toMatchObject({ since: 51, p: null, expected: null, pooledWeeks: null });
  });

  test("the memory of a week out on one side ends with a new normal", () => {
    const step = quietWeeks(53).map((value, week) => (week < 40 ? value : value + 25));
    const { expected, high } = walkOne(aSeries(step))[52] ?? {};
    const inside = (expected ?? 0) + 0.9 * ((high ?? 0) - (expected ?? 0));
    const verdicts = walkOne(aSeries(withWeeks(step, { 52: inside })));
    expect(verdicts[51]).toMatchObject({ word: "continuing" });
    expect(verdicts[51]?.p).toBeLessThan(0.01);
    expect(verdicts[52]?.ended).toEqual([{ first: 40, how: "new_normal" }]);
    expect(verdicts[52]?.p).toBeLessThan(0.05);
    expect(verdicts[52]?.word).toBe("routine");
  });

  describe("a pool of thin weeks", () => {
    const yes = [40, 42, 39, 41, 38];
    const sharesWith = (thin: number, next: number) =>
      Array.from({ length: 60 }, (_, week) => {
        if (week === 40) return { x: thin, n: 90 };
        return { x: week === 41 ? next : (yes[week % 5] ?? 0), n: 100 };
      });
    const walk = (thin: number, next: number, minEffect: number | null) =>
      walkOne(aSeries(sharesWith(thin, next), { kind: "prop", nMin: 100, minEffect }));

    test("is not the first of two weeks in a row", () => {
      const verdicts = walk(60, 53, null);
      expect(verdicts[40]).toMatchObject({ word: "routine", pooledWeeks: 4 });
      expect(verdicts[41]).toMatchObject({ word: "routine", pooledWeeks: 1 });
      for (const week of [40, 41]) {
        expect(verdicts[week]?.p).toBeGreaterThan(0.01);
        expect(verdicts[week]?.p).toBeLessThan(0.05);
      }
    });

    test("counts in later baselines as observed, however far out", () => {
      const [far, further] = [75, 85].map((thin) => walk(thin, 40, 1));
      expect(far?.[40]).toMatchObject({ word: "routine" });
      expect(far?.[40]?.p).toBeLessThan(0.01);
      expect(further?.[50]?.expected).toBeGreaterThan(far?.[50]?.expected ?? 1);
    });
  });
});
