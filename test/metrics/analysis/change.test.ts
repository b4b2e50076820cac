import fc from "fast-check";
import { expect, test } from "vitest";
import { type ChangeTerms, changeOf } from "../../../src/metrics/analysis/change.ts";
import { compareNps } from "../../../src/metrics/analysis/compare-nps.ts";

const terms: ChangeTerms = { direction: "up", test: "prop", comparable: true, disjoint: true };
const nothing = { absolute: null, relative: null, better: null, p: null, interval: null };

test("a share changes by a difference of fractions, tested by its units", () => {
  const change = changeOf({ value: 0.5, n: 48 }, { value: 0.75, n: 60 }, terms);
  expect(change.absolute).toBeCloseTo(-0.25, 12);
  expect(change.relative).toBeCloseTo(-1 / 3, 12);
  expect(change.better).toBe(false);
  expect(change.p).toBeCloseTo(0.007193, 6);
  expect(change.interval?.[0]).toBeCloseTo(-0.414415, 6);
  expect(change.interval?.[1]).toBeCloseTo(-0.067004, 6);
});

test("an NPS changes by points, as in example S11", () => {
  const one = { promoters: 50, detractors: 20, n: 100 };
  const other = { promoters: 36, detractors: 30, n: 90 };
  const change = changeOf(
    { value: 30, n: 100, answers: one },
    { value: 600 / 90, n: 90, answers: other },
    { ...terms, test: "nps" },
  );
  expect(change.absolute).toBeCloseTo(23.333333, 6);
  expect(change.p).toBeCloseTo(0.050209, 6);
  expect(compareNps(one, other).z).toBeCloseTo(1.958175, 6);
  const [low = 0, high = 0] = change.interval ?? [];
  expect((low + high) / 2).toBeCloseTo(23.333333, 6);
});

test("answers without any spread differ surely, or not at all", () => {
  const all = { promoters: 5, detractors: 0, n: 5 };
  const none = { promoters: 0, detractors: 4, n: 4 };
  expect(compareNps(all, none).p).toBe(0);
  expect(compareNps(all, { ...all, promoters: 9, n: 9 }).p).toBe(1);
});

test("without a value on either side there is no comparison, which is not 0", () => {
  const value = { value: 0.5, n: 48 };
  expect(changeOf({ value: null, n: 0 }, value, terms)).toEqual(nothing);
  expect(changeOf(value, { value: null, n: 0 }, terms)).toEqual(nothing);
  expect(changeOf(value, null, terms)).toEqual(nothing);
  expect(changeOf(value, value, { ...terms, comparable: false })).toEqual(nothing);
});

test("what adding up in another order loses is no change, and neither better nor worse", () => {
  const change = changeOf(
    { value: 0.1 + 0.2 + 0.3, n: 60 },
    { value: 0.3 + 0.2 + 0.1, n: 60 },
    terms,
  );
  expect(0.1 + 0.2 + 0.3).not.toBe(0.3 + 0.2 + 0.1);
  expect(change).toMatchObject({ absolute: 0, relative: 0, better: null });
  const small = changeOf({ value: 1e-9, n: null }, { value: 0, n: null }, { ...terms, test: null });
  expect(small).toMatchObject({ absolute: 1e-9, better: true });
});

test("windows that share data have a change but no p and no interval", () => {
  const change = changeOf(
    { value: 0.5, n: 48 },
    { value: 0.75, n: 60 },
    { ...terms, disjoint: false },
  );
  expect(change).toMatchObject({ absolute: -0.25, p: null, interval: null });
});

test.each(["flow", "stock", "value", null] as const)("of kind %s a change has no p", (kind) => {
  const change = changeOf({ value: 120, n: 5 }, { value: 100, n: 5 }, { ...terms, test: kind });
  expect(change).toEqual({ absolute: 20, relative: 0.2, better: true, p: null, interval: null });
});

test("from 0 there is no relative change, and from below 0 it keeps the sign of the change", () => {
  const value = { ...terms, test: null };
  expect(changeOf({ value: 3, n: 1 }, { value: 0, n: 1 }, value).relative).toBeNull();
  expect(changeOf({ value: -5, n: 1 }, { value: -10, n: 1 }, value).relative).toBe(0.5);
});

test("better follows the direction; neutral metrics and no change are neither", () => {
  const better = (now: number, direction: ChangeTerms["direction"]) =>
    changeOf({ value: now, n: 9 }, { value: 10, n: 9 }, { ...terms, test: null, direction }).better;
  expect([better(11, "up"), better(9, "up")]).toEqual([true, false]);
  expect([better(11, "down"), better(9, "down")]).toEqual([false, true]);
  expect([better(11, "neutral"), better(10, "up")]).toEqual([null, null]);
});

test("an NPS interval holds the change", () => {
  const answers = fc
    .tuple(fc.nat(200), fc.nat(200), fc.nat(200))
    .filter(([p, d, rest]) => p + d + rest > 0)
    .map(([promoters, detractors, rest]) => ({
      promoters,
      detractors,
      n: promoters + detractors + rest,
    }));
  fc.assert(
    fc.property(answers, answers, (one, other) => {
      const { difference, interval, p } = compareNps(one, other);
      expect(interval[0]).toBeLessThanOrEqual(difference);
      expect(interval[1]).toBeGreaterThanOrEqual(difference);
      expect(p).toBeGreaterThanOrEqual(0);
      expect(p).toBeLessThanOrEqual(1);
    }),
  );
});
