import { describe, expect, test } from "vitest";
import { readTerms } from "../../src/commands/read-terms.ts";
import { aMetric, scopeOf, tokensOf } from "./asking.ts";

const metric = aMetric("m", {
  dimensions: ["source", "tier", "revenue_type", "severity"],
});
const scope = scopeOf(metric, {
  source: ["Big Event", "big", "cold call", "São Paulo", "a,b", "public", "week end", "1-2"],
  tier: ["enterprise", "free", "pro"],
  revenue_type: ["acquisition", "existing"],
  severity: ["1", "2", "3", "4"],
});
const read = (line: string) => readTerms(tokensOf(line), scope);
const nothing = {
  filters: {},
  by: null,
  grain: null,
  week: null,
  cohort: null,
  since: null,
  last: null,
  window: null,
  versus: null,
  audience: null,
};

const month = { unit: "month" };
const quarter = { unit: "quarter", yearStarts: 1 };

describe("what comes after a metric", () => {
  test("is read in any order", () => {
    const line =
      "vs year private week 2026-W46 tier=pro,enterprise by source last 12 weeks window=4";
    expect(read(line)).toEqual({
      ok: true,
      value: {
        ...nothing,
        filters: { tier: ["enterprise", "pro"] },
        by: "source",
        week: "2026-11-09",
        last: 12,
        window: 4,
        versus: "year",
        audience: "asker",
      },
    });
  });

  test.each<[string, Record<string, string[]>]>([
    ["tier = pro", { tier: ["pro"] }],
    ["tier==pro", { tier: ["pro"] }],
    ["tier= PRO , Free", { tier: ["free", "pro"] }],
    ["plan=pro", { tier: ["pro"] }],
    ["Tier=pro,pro", { tier: ["pro"] }],
    ["tier=pro, source=big", { source: ["big"], tier: ["pro"] }],
    ["source=big event", { source: ["Big Event"] }],
    ["source=cold call, big event by tier", { source: ["Big Event", "cold call"] }],
    ["source=big tier=pro", { source: ["big"], tier: ["pro"] }],
    ['source="a,b"', { source: ["a,b"] }],
    ["source='cold call'", { source: ["cold call"] }],
    ["source=sao paulo", { source: ["São Paulo"] }],
    ["source=public", { source: ["public"] }],
    ["source=big, public", { source: ["big"] }],
    ['source=big,"public"', { source: ["big", "public"] }],
    ["source=none", { source: ["(none)"] }],
    ["source=(none)", { source: ["(none)"] }],
    ["source=1-2", { source: ["1-2"] }],
    ["revenue type=existing", { revenue_type: ["existing"] }],
    ["Revenue-Type=existing", { revenue_type: ["existing"] }],
    ["severity=1-2", { severity: ["1", "2"] }],
    ["severity=2 to 9", { severity: ["2", "3", "4"] }],
    ["severity=1–2,4", { severity: ["1", "2", "4"] }],
    ["tenure=1-13", { tenure: ["1-13"] }],
    ["tenure=3", { tenure: ["3"] }],
    ["tenure=1..4, 9 - 13", { tenure: ["1-4", "9-13"] }],
  ])("%s filters", (line, filters) => {
    expect(read(line)).toMatchObject({ ok: true, value: { filters } });
  });

  test.each([
    ["by tier", { by: "tier" }],
    ["by plan", { by: "tier" }],
    ["by=tier", { by: "tier" }],
    ["by revenue type last 4 weeks", { by: "revenue_type", last: 4 }],
    ["last 12", { last: 12 }],
    ["last 12w", { last: 12 }],
    ["last 12 weeks, by tier", { last: 12, by: "tier" }],
    ["last week", { week: "2026-11-09" }],
    ["this week", { week: "2026-11-16" }],
    ["week 46", { week: "2026-11-09" }],
    ["2026-W46", { week: "2026-11-09" }],
    ["w46", { week: "2026-11-09" }],
    ["W46, by tier", { week: "2026-11-09", by: "tier" }],
    ["by tier 2026w46", { week: "2026-11-09", by: "tier" }],
    ["last 4 weeks w46", { last: 4, week: "2026-11-09" }],
    ["last 4 w46", { last: 4, week: "2026-11-09" }],
    ["tier=pro W46", { filters: { tier: ["pro"] }, week: "2026-11-09" }],
    ["tier=pro, W46", { filters: { tier: ["pro"] }, week: "2026-11-09" }],
    ["w46 2025", { week: "2025-11-10" }],
    ["week=2026-11-12", { week: "2026-11-09" }],
    ["week of 12 Nov by tier", { week: "2026-11-09", by: "tier" }],
    ["since 1 Sept", { since: "2026-08-31" }],
    ["since 2026-09-01 week 46", { since: "2026-08-31", week: "2026-11-09" }],
    ["cohort W33", { cohort: "2026-08-10" }],
    ["window=4", { window: 4 }],
    ["window 4 weeks", { window: 4 }],
    ["window=1 week by tier", { window: 1, by: "tier" }],
    ["window=1 week 46", { window: 1, week: "2026-11-09" }],
    ["last 1 week", { last: 1 }],
    ["last four weeks", { last: 4 }],
    ["last Twelve weeks by tier", { last: 12, by: "tier" }],
    ["window=four weeks", { window: 4 }],
    ["last 12 week 46", { last: 12, week: "2026-11-09" }],
    ["vs prev", { versus: "prev" }],
    ["vs. year", { versus: "year" }],
    ["versus last year", { versus: "year" }],
    ["source=big versus target", { filters: { source: ["big"] }, versus: "target" }],
    ["vs last year", { versus: "year" }],
    ["vs target public", { versus: "target", audience: "everyone" }],
    ["last month", { grain: month, week: "2026-10-01" }],
    ["this quarter by tier", { grain: quarter, week: "2026-10-01", by: "tier" }],
    ["last 6 months", { grain: month, last: 6 }],
    ["last quarters", { grain: quarter, last: 1 }],
    ["last four quarters, by tier", { grain: quarter, last: 4, by: "tier" }],
    ["by month", { grain: month }],
    ["by months", { grain: month }],
    ["by week by tier", { by: "tier" }],
    ["month October last 3 months", { grain: month, week: "2026-10-01", last: 3 }],
    ["month=2026-03 vs year", { grain: month, week: "2026-03-01", versus: "year" }],
    [
      "quarter Q3 2025 tier=pro",
      { grain: quarter, week: "2025-07-01", filters: { tier: ["pro"] } },
    ],
    ["since 2026-03", { since: "2026-02-23" }],
    ["since 2026-03 by month", { grain: month, since: "2026-03-01" }],
    ["by quarter since 1 Sept", { grain: quarter, since: "2026-07-01" }],
    ["by month since 46", { grain: month, since: "2026-11-01" }],
    ["", nothing],
  ])("%s", (line, terms) => {
    expect(read(line)).toEqual({ ok: true, value: { ...nothing, ...terms } });
  });
});

describe("what is wrong is told as what it is", () => {
  test.each([
    ["by weeks last 6 months", { kind: "exclusive", words: ["weeks", "months"] }],
    ["by", { kind: "word_without_value", word: "by", example: "adoption by source" }],
    ["by last 4 weeks", { kind: "word_without_value", word: "by" }],
    ["tier=", { kind: "word_without_value", word: "tier=" }],
    ["tier= by source", { kind: "word_without_value", word: "tier=" }],
    ["tier= source=big", { kind: "word_without_value", word: "tier=" }],
    ["week", { kind: "word_without_value", word: "week" }],
    ["last", { kind: "word_without_value", word: "last" }],
    ["vs", { kind: "word_without_value", word: "vs" }],
    ["window=", { kind: "word_without_value", word: "window" }],
    ["by tier by source", { kind: "repeated_word", word: "by" }],
    ["by tier, source", { kind: "repeated_word", word: "by" }],
    ["tier=pro plan=free", { kind: "repeated_word", word: "tier", isFilter: true }],
    ["private public", { kind: "exclusive", words: ["private", "public"] }],
    ["private private", { kind: "repeated_word", word: "private" }],
    ["last 4 weeks since 1 Sept", { kind: "exclusive", words: ["since", "last"] }],
    ["week 46 cohort 33", { kind: "exclusive", words: ["week", "cohort"] }],
    ["week 46 last week", { kind: "repeated_word", word: "week" }],
    ["last many weeks", { kind: "bad_number", word: "many" }],
    ["last 0 weeks", { kind: "bad_number", word: "0" }],
    ["last 999 weeks", { kind: "bad_number", word: "999" }],
    ["last 30 days", { kind: "not_weeks", weeks: 5 }],
    ["last two years", { kind: "not_weeks", word: "last two years", weeks: 104 }],
    ["this year", { kind: "not_weeks", word: "this year" }],
    ["last 61 months", { kind: "bad_number", word: "61", highest: 60 }],
    ["last many quarters", { kind: "bad_number", word: "many", highest: 20 }],
    ["last 3 months last 3 weeks", { kind: "repeated_word", word: "last" }],
    ["last 3 months week 46", { kind: "exclusive", words: ["months", "weeks"] }],
    ["by quarter this month", { kind: "exclusive", words: ["quarters", "months"] }],
    ["month October month 9", { kind: "repeated_word", word: "month" }],
    ["month someday", { kind: "bad_week", word: "someday", unit: "month" }],
    ["quarter 5", { kind: "bad_week", word: "5", unit: "quarter" }],
    ["month", { kind: "word_without_value", word: "month" }],
    ["window=0", { kind: "bad_number", word: "0" }],
    ["window=many", { kind: "bad_number", word: "many" }],
    ["w54", { kind: "bad_week", word: "w54" }],
    ["tier=w46", { kind: "unknown_value", value: "w46" }],
    ["w46 week 45", { kind: "repeated_word", word: "week" }],
    ["w46 last 3 months", { kind: "exclusive", words: ["weeks", "months"] }],
    ["46", { kind: "unknown_word", word: "46" }],
    ['"w46"', { kind: "unknown_word", word: "w46" }],
    ["week someday", { kind: "bad_week", word: "someday" }],
    ["since 12/11/2026", { kind: "bad_week", word: "12/11/2026" }],
    ["vs budget", { kind: "unknown_word", word: "budget" }],
    ["please", { kind: "unknown_word", word: "please" }],
    ["tenure=0", { kind: "bad_tenure", word: "0" }],
    ["tenure=13-1", { kind: "bad_tenure", word: "13-1" }],
    ["tenure=long", { kind: "bad_tenure", word: "long" }],
    ["severity=5-9", { kind: "unknown_value", value: "5-9" }],
    ["tier=prro", { kind: "unknown_value", value: "prro", nearest: ["pro"] }],
    [
      "source=bigg event by tier",
      { kind: "unknown_value", value: "bigg event", nearest: ["Big Event"] },
    ],
    ["colour!=red", { kind: "unknown_dimension", word: "colour" }],
    ["colour=red", { kind: "unknown_dimension", word: "colour", nearest: [] }],
    ["by tiers", { kind: "unknown_dimension", word: "tiers", nearest: ["tier"] }],
    ["sorce=big", { kind: "unknown_dimension", word: "sorce", nearest: ["source"] }],
  ])("%s", (line, fault) => {
    expect(read(line)).toMatchObject({ ok: false, fault });
  });

  test.each([
    ["tier!=pro", "!=", "adoption tier=enterprise,free"],
    ["tier != pro", "!=", "adoption tier=enterprise,free"],
    ["tier <> pro", "<>", "adoption tier=enterprise,free"],
    ["not tier=pro", "not", "adoption tier=enterprise,free"],
    ["tier:pro", ":", "adoption tier=pro"],
    ["tier: pro", ":", "adoption tier=pro"],
    ["tier~pro", "~", "adoption tier=pro"],
    ["severity>=2", ">=", "adoption severity=2"],
  ])("%s is answered with a line that works", (line, operator, instead) => {
    expect(read(line)).toMatchObject({
      ok: false,
      fault: { kind: "unsupported_operator", operator, line: instead },
    });
  });

  test("of spellings that differ in case alone the exact one is taken, and no other is guessed", () => {
    const twins = scopeOf(metric, { tier: ["Pro", "pro"] });
    expect(readTerms(tokensOf("tier=Pro"), twins)).toMatchObject({
      value: { filters: { tier: ["Pro"] } },
    });
    expect(readTerms(tokensOf("tier=PRO"), twins)).toMatchObject({
      fault: { kind: "unknown_value", nearest: ["Pro", "pro"] },
    });
  });
});
