import fc from "fast-check";
import { expect, test } from "vitest";
import { z } from "zod";
import { answerJson, scorecardJson } from "../../src/wording/answer-json.ts";
import { hasShared, readShared } from "../support/shared.ts";
import { anAnswer, english } from "./an-answer.ts";
import { anyAnswer } from "./any-answer.ts";

/** INTERFACE.md 5 has them all but `maturing`, of cohorts asked for by name, and `trend_rate`, of CWGR. */
const contract =
  "metric name unit direction week week_start cohort_week window_weeks filters time_zone as_of spec_version status flags value num den n previous change verdict target series breakdown";
const keys = {
  answer: `${contract} maturing trend_rate`,
  previous: "week value num den n",
  change: "absolute relative better p interval",
  verdict: "word test value expected low high p p_adjusted since pooled_weeks",
  point: "week value num den n status",
  segment: "segment value num den n",
};
const sorted = (words: string) => words.split(" ").sort();
const keysOf = (value: unknown) =>
  Object.keys(z.record(z.string(), z.unknown()).parse(value)).sort();
const tree = z.looseObject({
  previous: z.unknown(),
  change: z.unknown(),
  verdict: z.unknown(),
  series: z.array(z.unknown()),
  breakdown: z.object({ dimension: z.string(), segments: z.array(z.unknown()) }).nullable(),
});

test("the JSON of any answer has the contract's keys, and the same after a round trip", () => {
  fc.assert(
    fc.property(anyAnswer, (answer) => {
      const json = tree.parse(JSON.parse(JSON.stringify(answerJson(answer, english))));
      // Money alone has a currency.
      const currency = answer.unit.startsWith("money") ? ["currency"] : [];
      const expected = [...sorted(keys.answer), ...currency].sort();
      expect(keysOf(json)).toEqual(expected);
      if (json.previous !== null) expect(keysOf(json.previous)).toEqual(sorted(keys.previous));
      expect(keysOf(json.change)).toEqual(sorted(keys.change));
      expect(keysOf(json.verdict)).toEqual(sorted(keys.verdict));
      for (const point of json.series) expect(keysOf(point)).toEqual(sorted(keys.point));
      for (const segment of json.breakdown?.segments ?? [])
        expect(keysOf(segment)).toEqual(sorted(keys.segment));
      const row = { metric: answer.metric, name: answer.name, owners: ["PRD"], sensitive: false };
      const card = scorecardJson(
        {
          week: answer.week,
          rows: [
            { ...row, kind: "answered", answer },
            { ...row, kind: "failed", reason: "no_data" },
          ],
        },
        english,
      );
      expect(keysOf(card)).toEqual(["held", "rows", "signals", "week"]);
      const [told] = z.array(z.unknown()).parse(card.rows);
      expect(keysOf(told)).toEqual(
        expected.filter((key) => key !== "series" && key !== "breakdown"),
      );
    }),
  );
});

test("numbers are not rounded, weeks are named", () => {
  const value = 0.1 + 0.2;
  const figures = { value, num: 1, den: 3, n: 3 };
  expect(answerJson(anAnswer({ figures }), english)).toMatchObject({
    value,
    week: "2026-W46",
    week_start: "2026-11-09",
    cohort_week: "2026-W33",
    previous: { week: "2026-W45", value: 0.431 },
  });
});

test("months and quarters have keys of their own in place of the week's", () => {
  const month = anAnswer({
    grain: { unit: "month" },
    week: "2026-10-01",
    cohortWeek: "2026-07-02",
    previous: { week: "2026-09-01", value: 0.431, num: 106, den: 246, n: 246 },
    series: [],
  });
  const { week, ...json } = answerJson(month, english);
  expect(week).toBeUndefined();
  expect(json).toMatchObject({
    grain: "month",
    period: "2026-10",
    period_start: "2026-10-01",
    period_end: "2026-10-31",
    cohort_start: "2026-07-02",
    cohort_end: "2026-08-01",
    window_weeks: null,
    previous: { period: "2026-09", period_start: "2026-09-01" },
  });
});

test.runIf(hasShared("INTERFACE.md"))("these are the keys of INTERFACE.md 5", () => {
  const example =
    /## 5\.[\s\S]*?```json\n([\s\S]*?)```/.exec(readShared("INTERFACE.md"))?.[1] ?? "";
  const json = tree.parse(JSON.parse(example));
  expect(keysOf(json)).toEqual(sorted(contract));
  expect(keysOf(json.previous)).toEqual(sorted(keys.previous));
  expect(keysOf(json.change)).toEqual(sorted(keys.change));
  // The value that was judged is ours.
  expect([...keysOf(json.verdict), "value"].sort()).toEqual(sorted(keys.verdict));
  expect(keysOf(json.series[0])).toEqual(sorted(keys.point));
});
