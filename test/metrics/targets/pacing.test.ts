import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Target } from "../../../src/metrics/answer.ts";
import {
  compoundGrowth,
  neededForLevel,
  neededForSum,
  sumOfGrowth,
  weeksLeft,
  weeksUntil,
} from "../../../src/metrics/targets/growth.ts";
import { paceOfLevel, paceOfSum } from "../../../src/metrics/targets/pacing.ts";
import { chooseTarget } from "../../../src/metrics/targets/target.ts";
import { aTarget, stored } from "./a-target.ts";

const WEEK = "2026-04-06";
const shares = weeksLeft(WEEK, "2026-01-01", "2026-12-31");

describe("the worked examples of METRICS.md 5.2", () => {
  test("37 full weeks and four days are left", () => {
    expect(shares).toHaveLength(38);
    expect(shares.slice(0, 37).every((share) => share === 1)).toBe(true);
    expect(shares.at(-1)).toBeCloseTo(4 / 7, 12);
  });

  test("S9: catch-up of a cumulative target", () => {
    expect(neededForSum(600, 50, shares, 2800)).toEqual({
      kind: "rate",
      rate: expect.closeTo(0.008026, 6),
    });
    expect(600 + sumOfGrowth(50, shares, 0)).toBeCloseTo(2478.571429, 6);
  });

  test("S9b: growth is not needed, and the rate is negative", () => {
    expect(neededForSum(600, 50, shares, 2000)).toMatchObject({
      rate: expect.closeTo(-0.015897, 6),
    });
  });

  test("S9c: the target is met already; without days or revenue there is no rate either", () => {
    expect(neededForSum(600, 50, shares, 600)).toEqual({ kind: "target_met" });
    expect(neededForSum(600, 50, [], 601)).toEqual({ kind: "target_missed" });
    expect(neededForSum(600, 0, shares, 601)).toEqual({ kind: "no_revenue" });
  });

  test("S9d: catch-up of a level", () => {
    expect(weeksUntil(WEEK, "2026-12-27")).toBe(37);
    expect(neededForLevel(50, 100, 37)).toMatchObject({ rate: expect.closeTo(0.01891, 5) });
    expect(neededForLevel(100, 100, 37)).toEqual({ kind: "target_met" });
    expect(neededForLevel(99, 100, 0)).toEqual({ kind: "target_missed" });
    expect(neededForLevel(0, 100, 3)).toEqual({ kind: "no_revenue" });
  });

  test("S10: pacing with 1% growth a week", () => {
    const pace = paceOfSum({
      sofar: 600,
      target: 2800,
      planned: null,
      elapsed: 102 / 365,
      shares,
      weekly: 50,
      growth: 0.01,
      down: false,
    });
    expect(pace).toMatchObject({
      status: "on_track",
      expected: expect.closeTo(782.465753, 5),
      attainment: expect.closeTo(0.766807, 5),
      projection: expect.closeTo(2889.336959, 5),
      requiredPerWeek: expect.closeTo(58.555133, 5),
    });
  });

  test("S10b: pacing of a level on a geometric path", () => {
    const level = { value: 50, target: 100, start: 40, weeks: 50, passed: 15, growth: null };
    expect(paceOfLevel({ ...level, byFactor: true, down: false })).toMatchObject({
      status: "off_track",
      expected: expect.closeTo(52.655288, 5),
      attainment: expect.closeTo(0.949572, 5),
    });
  });

  test("E5: 15 weeks from 1000 to 1345.87 are 2% a week", () => {
    expect(compoundGrowth(1000, 1345.87, 15)).toBeCloseTo(0.02, 5);
    expect(compoundGrowth(0, 10, 3)).toBeNull();
    expect(compoundGrowth(10, -1, 3)).toBeNull();
    expect(compoundGrowth(10, 10, 0)).toBeNull();
    expect(compoundGrowth(10, 0, 4)).toBe(-1);
  });
});

test("the needed rate reaches the target, whatever it is", () => {
  const money = fc.double({ min: 1, max: 1e9, noNaN: true });
  fc.assert(
    fc.property(
      money,
      money,
      fc.integer({ min: 1, max: 60 }),
      money,
      (sofar, weekly, weeks, more) => {
        const left = Array.from({ length: weeks }, () => 1);
        const needed = neededForSum(sofar, weekly, left, sofar + more);
        if (needed.kind !== "rate") return;
        expect(sumOfGrowth(weekly, left, needed.rate) / more).toBeCloseTo(1, 6);
      },
    ),
  );
});

test("a level that must fall is on track below its path", () => {
  const level = { target: 10, start: 20, weeks: 10, passed: 5, growth: null, byFactor: false };
  expect(paceOfLevel({ ...level, value: 14, down: true }).status).toBe("on_track");
  expect(paceOfLevel({ ...level, value: 15.5, down: true }).status).toBe("at_risk");
  expect(paceOfLevel({ ...level, value: 19, down: true }).status).toBe("off_track");
  expect(paceOfLevel({ ...level, value: 11, passed: 10, down: true }).status).toBe("missed");
});

test("nothing of what is to stay low is on track, and a level that is nothing, too", () => {
  const none = { weekly: 0, growth: null, planned: null, shares: [1, 1], elapsed: 0.5 };
  expect(paceOfSum({ ...none, sofar: 0, target: 100, down: true })).toMatchObject({
    status: "on_track",
    requiredPerWeek: 50,
  });
  expect(paceOfSum({ ...none, sofar: 0, target: 0, down: true }).status).toBe("on_track");
  expect(paceOfSum({ ...none, sofar: 0, target: 100, down: false }).status).toBe("off_track");
  const level = { start: 20, weeks: 10, passed: 5, growth: null, byFactor: false, down: true };
  expect(paceOfLevel({ ...level, value: 0, target: 10 }).status).toBe("on_track");
  expect(paceOfLevel({ ...level, value: 1, start: 0, target: 0 }).status).toBe("off_track");
});

test("a ceiling that is passed is missed, and leaves no room", () => {
  const passed = { sofar: 101, target: 100, planned: null, elapsed: 0.5, shares: [1, 1] };
  expect(paceOfSum({ ...passed, weekly: 0, growth: null, down: true })).toMatchObject({
    status: "missed",
    requiredPerWeek: null,
  });
  expect(paceOfSum({ ...passed, sofar: 100, weekly: 0, growth: null, down: true })).toMatchObject({
    status: "on_track",
    requiredPerWeek: 0,
  });
});

describe("which target counts", () => {
  const target = (id: string, more: Partial<Target> = {}, place = 0) =>
    stored(aTarget({ id, ...more }), place);
  const ids = ["adoption_rate"];

  test("is the one that ends first of those that hold the week", () => {
    const targets = [target("year"), target("half", { periodEnd: "2026-06-30" })];
    expect(chooseTarget(targets, ids, {}, "2026-04-06")?.id).toBe("half");
    expect(chooseTarget(targets, ids, {}, "2026-07-06")?.id).toBe("year");
    expect(chooseTarget(targets, ids, {}, "2025-07-07")).toBeNull();
  });

  test("is of exactly the filters that are asked for", () => {
    const targets = [target("all"), target("pro", { dims: { tier: ["pro"] } })];
    expect(chooseTarget(targets, ids, { tier: ["pro"] }, WEEK)?.id).toBe("pro");
    expect(chooseTarget(targets, ids, { tier: ["free"] }, WEEK)).toBeNull();
  });

  test("in the week of New Year is the new year's, and without one the old year's", () => {
    const next = target("next", { periodStart: "2027-01-01", periodEnd: "2027-12-31" });
    expect(chooseTarget([target("year"), next], ids, {}, "2026-12-28")?.id).toBe("next");
    expect(chooseTarget([target("year")], ids, {}, "2026-12-28")?.id).toBe("year");
  });

  test("is what an operator set latest, before all that was imported, for as long as it lasts", () => {
    const half = { periodStart: "2026-04-06", periodEnd: "2026-06-30" };
    const targets = [target("year"), target("set", half, 1), target("later", half, 2)];
    expect(chooseTarget(targets, ids, {}, "2026-03-30")?.id).toBe("year");
    expect(chooseTarget(targets, ids, {}, "2026-04-06")?.id).toBe("later");
    expect(chooseTarget(targets, ids, {}, "2026-07-06")?.id).toBe("year");
    const ended = {
      ...target("end", { periodStart: "2026-05-04" }, 3),
      aim: null,
      periodEnd: null,
    };
    expect(chooseTarget([...targets, ended], ids, {}, "2026-04-27")?.id).toBe("later");
    expect(chooseTarget([...targets, ended], ids, {}, "2026-05-04")).toBeNull();
    expect(chooseTarget([...targets, ended], ids, {}, "2026-07-06")).toBeNull();
    const again = target("again", half, 4);
    expect(chooseTarget([...targets, ended, again], ids, {}, "2026-05-04")?.id).toBe("again");
  });

  test("is that of the first metric that has one", () => {
    const targets = [target("level", { metric: "b" }), target("sum", { metric: "a" })];
    expect(chooseTarget(targets, ["a", "b"], {}, WEEK)?.id).toBe("sum");
  });
});
