import { describe, expect, test } from "vitest";
import type { AnsweredTarget } from "../../src/metrics/index.ts";
import { sayChange } from "../../src/wording/say-change.ts";
import { sayTarget } from "../../src/wording/say-target.ts";
import { targetInShort } from "../../src/wording/target-in-short.ts";
import { tellAnswer } from "../../src/wording/tell-answer.ts";
import { anAnswer, anAnsweredTarget, english } from "./an-answer.ts";

const sum: Partial<AnsweredTarget> = {
  type: "cumulative_by_date",
  value: 2800,
  status: "on_track",
  certain: null,
  actual: 600,
  expected: 782.47,
  projection: 2889.34,
  requiredPerWeek: 58.56,
};

describe("a target is told with how it stands", () => {
  test.each([
    [
      anAnsweredTarget(),
      "Target: at least 45.0%, until Thu 31 Dec 2026: missed by 3.8 points.",
      "45.0%, missed",
    ],
    [
      anAnsweredTarget({ status: "met", certain: false, actual: 0.46 }),
      "Target: at least 45.0%, until Thu 31 Dec 2026: met, but not for certain: the sample leaves room for both.",
      "45.0%, met (not certain)",
    ],
    [
      anAnsweredTarget({ type: "band", valueHi: 0.6, status: "below" }),
      "Target: 45.0% to 60.0%, until Thu 31 Dec 2026: below.",
      "45.0% to 60.0%, below",
    ],
    [
      anAnsweredTarget({
        type: "level_by_date",
        status: "at_risk",
        expected: 0.43,
        requiredPerWeek: 0.005,
      }),
      "Target: 45.0% by Thu 31 Dec 2026: at risk. By now it should be 43.0%. It needs to go up 0.5 points a week from here.",
      "45.0%, at risk",
    ],
    [
      anAnsweredTarget({ status: "no_verdict" }),
      "Target: at least 45.0%, until Thu 31 Dec 2026.",
      "45.0%",
    ],
  ])("%#", (target, said, word) => {
    expect(sayTarget(anAnswer({ target }), english).join(" ")).toBe(said);
    expect(targetInShort(anAnswer({ target }), english)).toBe(word);
  });

  test("of a sum, with what it is so far, where it ends and what it needs", () => {
    const money = { metric: "ytd_revenue", unit: "money" } as const;
    const target = anAnsweredTarget({ ...sum, metric: "ytd_revenue" });
    expect(sayTarget(anAnswer({ ...money, target }), english).join(" ")).toBe(
      "Target: $2,800 in all by Thu 31 Dec 2026: on track, with $600.00 so far. By now it should be $782.47; at this pace it ends at $2,889. It needs $58.56 a week from here.",
    );
    const growing = { ...target, requiredGrowth: 0.008026, growth: 0.01 };
    expect(sayTarget(anAnswer({ ...money, target: growing }), english).join(" ")).toContain(
      "It needs 0.80% a week from here, has been growing 1.00%.",
    );
  });

  test("of a sum that is to stay low, with the room that it leaves", () => {
    const tickets = {
      metric: "support_ticket_volume",
      unit: "tickets",
      direction: "down",
    } as const;
    const ceiling = anAnsweredTarget({
      ...sum,
      metric: "support_ticket_volume",
      value: 100,
      actual: 20,
      expected: 50,
      projection: 40,
      requiredPerWeek: 4,
    });
    const say = (more: Partial<AnsweredTarget> = {}) =>
      sayTarget(anAnswer({ ...tickets, target: { ...ceiling, ...more } }), english).join(" ");
    expect(say()).toBe(
      "Target: at most 100 in all by Thu 31 Dec 2026: on track, with 20 so far. By now it may be 50; at this pace it ends at 40. It leaves room for 4 a week from here.",
    );
    expect(say({ status: "missed", actual: 101, requiredPerWeek: null })).toBe(
      "Target: at most 100 in all by Thu 31 Dec 2026: missed by 1.",
    );
    expect(say({ type: "level_by_date", status: "off_track", projection: null })).toContain(
      "Target: at most 100 by Thu 31 Dec 2026: off track.",
    );
  });

  test("in one week, where the answer tells another window", () => {
    const signUps = { metric: "weekly_sign_ups", unit: "accounts", windowWeeks: 4 } as const;
    const figures = { value: 4, num: 4, den: null, n: 4 };
    const target = anAnsweredTarget({
      metric: "weekly_sign_ups",
      value: 3,
      actual: 1,
      certain: null,
    });
    expect(sayTarget(anAnswer({ ...signUps, figures, target }), english).join(" ")).toBe(
      "Target: at least 3, until Thu 31 Dec 2026: missed by 2, with 1 in the last week.",
    );
  });

  test("of a growth metric in the money that it is about, after the trend", () => {
    const target = anAnsweredTarget({ ...sum, metric: "ytd_revenue", status: "no_verdict" });
    const answer = anAnswer({
      metric: "cwgr",
      unit: "percent per week",
      target,
      trendRate: 0.0079,
    });
    expect(sayTarget(answer, english).join(" ")).toBe(
      "The trend over the same weeks is 0.79% a week. Target: $2,800 in all by Thu 31 Dec 2026: $600.00 so far.",
    );
  });

  test("once, and not again among the cautions", () => {
    const { summary } = tellAnswer(
      anAnswer({ target: anAnsweredTarget(), flags: ["target_missed"] }),
      english,
    );
    expect(summary.match(/missed/g)).toHaveLength(1);
  });
});

test("a change against the target says so", () => {
  const previous = { week: "2026-11-09", value: 0.45, num: null, den: null, n: null };
  const change = { absolute: -0.038, relative: -0.084, better: false, p: null, interval: null };
  expect(sayChange(anAnswer({ versus: "target", previous, change }), english)).toBe(
    "down 3.8 points (worse) from the target of 45.0%",
  );
});
