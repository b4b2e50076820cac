import { describe, expect, test } from "vitest";
import { changePill, sayChange, showChange } from "../../src/wording/say-change.ts";
import { aCount, anAnswer, english, untested } from "./an-answer.ts";

const none = { absolute: null, relative: null, better: null, p: null, interval: null };
const before = { value: 107, num: 107, den: null, n: 107 };

describe("a change is told", () => {
  test.each([
    [
      "of a fraction in points",
      anAnswer(),
      "down 1.9 points (worse) from 43.1% the week before",
      "▼ 1.9 points (worse) from 43.1% the week before",
    ],
    [
      "of a count in percent",
      aCount(99, {
        change: { ...none, absolute: -8, relative: -8 / 107 },
        previous: { week: "2026-11-02", ...before },
      }),
      "down 7.5% from 107 the week before",
      "▼ 7.5% from 107 the week before",
    ],
    [
      "from weeks earlier where the window is wider",
      anAnswer({
        windowWeeks: 13,
        previous: { week: "2026-08-10", value: 0.431, num: 1, den: 2, n: 50 },
      }),
      "down 1.9 points (worse) from 43.1%, 13 weeks earlier",
      "▼ 1.9 points (worse) from 43.1%, 13 weeks earlier",
    ],
    [
      "as better where less is better",
      anAnswer({
        direction: "down",
        change: { ...none, absolute: -0.019, relative: -0.044, better: true },
      }),
      "down 1.9 points (better) from 43.1% the week before",
      "▼ 1.9 points (better) from 43.1% the week before",
    ],
    [
      "without a grade where neither way is good",
      anAnswer({ direction: "neutral" }),
      "down 1.9 points from 43.1% the week before",
      "▼ 1.9 points from 43.1% the week before",
    ],
    [
      "as none",
      anAnswer({ change: { ...none, absolute: 0, relative: 0 } }),
      "no change from 43.1% the week before",
      "no change from 43.1% the week before",
    ],
    ["of an open week as nothing", anAnswer({ status: "open", change: none }), "so far", "so far"],
    [
      "as none to tell, of a thin sample",
      anAnswer({ flags: ["low_n"], change: none }),
      "no comparison: the sample is thin",
      "not compared: the sample is thin",
    ],
    [
      "as none to tell, with a thin sample before",
      anAnswer({
        change: none,
        previous: { week: "2026-11-02", value: 0.5, num: 1, den: 2, n: 2 },
      }),
      "no comparison: the sample of the period before is thin",
      "not compared: the sample of the period before is thin",
    ],
    [
      "as none to tell, without a value before",
      anAnswer({
        change: none,
        previous: { week: "2026-11-02", value: null, num: 0, den: 0, n: 0 },
      }),
      "no comparison: there was no value before",
      "not compared: there was no value before",
    ],
    [
      "as none to tell, in the first week",
      anAnswer({ change: none, previous: null }),
      "no comparison: the data do not reach further back",
      "not compared: the data do not reach further back",
    ],
  ])("%s", (_, answer, said, shown) => {
    expect(sayChange(answer, english)).toBe(said);
    expect(showChange(answer, english)).toBe(shown);
  });
});

test.each([
  ["the week before goes without saying", anAnswer(), "▼ 1.9 points worse"],
  ["a year earlier", anAnswer({ versus: "year" }), "▼ 1.9 points worse vs year"],
  ["the target", anAnswer({ versus: "target" }), "▼ 1.9 points worse vs target"],
  [
    "weeks earlier",
    anAnswer({ previous: { week: "2026-08-10", value: 0.431, num: 1, den: 2, n: 50 } }),
    "▼ 1.9 points worse vs 13 weeks earlier",
  ],
  ["nothing, of an open week", anAnswer({ status: "open", versus: "year" }), "so far"],
])("a picture's pill says what the change is against: %s", (_, answer, pill) => {
  expect(changePill(answer, english)).toBe(pill);
});

test("of a sample that is too thin to test no percentage is told", () => {
  const minutes = anAnswer({
    unit: "minutes",
    direction: "down",
    figures: { value: 593.4, num: null, den: null, n: 17 },
    previous: { week: "2026-11-02", value: 57.2, num: null, den: null, n: 5 },
    nMin: 3,
    verdict: untested,
    change: { absolute: 536.2, relative: 9.375, better: false, p: null, interval: null },
  });
  expect(sayChange(minutes, english)).toBe(
    "up 8.9 hours (worse) from 57.2 minutes the week before",
  );
  expect(sayChange({ ...minutes, verdict: anAnswer().verdict }, english)).toContain("up 937.5%");
});
