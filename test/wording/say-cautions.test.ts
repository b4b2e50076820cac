import { expect, test } from "vitest";
import type { Answer } from "../../src/metrics/index.ts";
import { sayCautions } from "../../src/wording/say-cautions.ts";
import { anAnswer, english, routine } from "./an-answer.ts";

const thin = { value: 0.4, num: 2, den: 5, n: 5 };

test.each<[string, Partial<Answer>, string[]]>([
  ["an ordinary week", {}, []],
  [
    "a widened one",
    { flags: ["widened"], windowWeeks: 13, figures: { ...thin, n: 95 } },
    [
      "One week alone would be a thin sample, under 30. So this is 13 weeks together: a sample of 95.",
    ],
  ],
  [
    "one that was widened from four weeks",
    { flags: ["widened"], windowWeeks: 13, defaultWindowWeeks: 4, figures: { ...thin, n: 95 } },
    [
      "4 weeks alone would be a thin sample, under 30. So this is 13 weeks together: a sample of 95.",
    ],
  ],
  [
    "a thin one",
    { flags: ["low_n"], figures: thin },
    ["Thin sample: 5, where 30 are needed. Read it with care."],
  ],
  [
    "a month of what is told over 13 weeks else",
    { grain: { unit: "month" }, week: "2026-10-01", defaultWindowWeeks: 13 },
    [
      "This is over the month; by weeks it is told over 13 weeks, and the two are not to be compared.",
    ],
  ],
  [
    "a quarter that is not over",
    { grain: { unit: "quarter", yearStarts: 1 }, week: "2026-10-01", status: "open" },
    [
      "This quarter is not over, so the number is partial: it is not compared with a complete quarter, and not tested.",
    ],
  ],
  [
    "a latency beyond the histogram",
    { flags: ["above_range"] },
    ["The true value is higher: the histogram ends at 10,000 ms."],
  ],
  [
    "a restated one",
    { flags: ["restated"] },
    ["Restated: rows that came late have changed this value."],
  ],
  ["a late one", { flags: ["late"] }, ["Some of the data came late."]],
  [
    "a median that is not reached",
    { flags: ["under_half_reached_value"] },
    ["Fewer than half have got there, so there is no median yet."],
  ],
  ["a target", { flags: ["target_met"] }, ["The target is met."]],
  ["a missed target", { flags: ["target_missed"] }, ["The target is missed."]],
  ["no target", { flags: ["no_target"] }, ["No target is set for exactly this."]],
  ["no revenue", { flags: ["no_revenue"] }, ["There was no revenue to measure against."]],
  [
    "an open one",
    { status: "open" },
    [
      "This week is not over, so the number is partial: it is not compared with a complete week, and not tested.",
    ],
  ],
  [
    "a young cohort",
    { status: "maturing" },
    ["This cohort has not had its whole time yet: the number is not compared, and not tested."],
  ],
  [
    "a filtered signal",
    { filters: { tier: ["pro"] }, verdict: { ...routine, word: "signal", direction: -1 } },
    ["This is a filtered question, so it is exploratory: no signal is opened for it."],
  ],
  ["a filtered routine week", { filters: { tier: ["pro"] } }, []],
])("what is to be known of %s is said", (_, about, said) => {
  expect(sayCautions(anAnswer(about), english)).toEqual(said);
});
