import { describe, expect, test } from "vitest";
import { periodName } from "../../src/wording/say-period.ts";
import { sayCohort, sayPeriod } from "../../src/wording/say-scope.ts";
import { sayStale } from "../../src/wording/say-stale.ts";
import { tellAnswer } from "../../src/wording/tell-answer.ts";
import { aCount, anAnswer, english, untested } from "./an-answer.ts";

const month = { unit: "month" } as const;
const quarter = { unit: "quarter", yearStarts: 1 } as const;

test.each([
  ["2026-10-01", month, "2026-10"],
  ["2026-10-01", quarter, "2026-Q4"],
  ["2026-04-01", { unit: "quarter", yearStarts: 4 }, "FY2027-Q1"],
  ["2027-01-01", { unit: "quarter", yearStarts: 4 }, "FY2027-Q4"],
  ["2026-11-09", undefined, "2026-W46"],
] as const)("%s by %j is %s", (period, grain, name) => {
  expect(periodName(period, grain)).toBe(name);
});

describe("an answer by months", () => {
  const inOctober = {
    grain: month,
    week: "2026-10-01",
    asOf: "2026-11-16T00:00:00Z",
    verdict: untested,
    previous: { week: "2026-09-01", value: 416, num: 416, den: null, n: 416 },
    change: { absolute: 26, relative: 26 / 416, better: true, p: null, interval: null },
  };

  test("says its days, the month before, and why it is not tested", () => {
    expect(tellAnswer(aCount(442, inOctober), english).summary).toBe(
      "Weekly Sign-ups: 442 in 2026-10, Thu 1 to Sat 31 Oct 2026. Up 6.3% (better) from 416 the month before. Not tested: verdicts are of weeks. Data complete to Mon 16 Nov 2026, 00:00 UTC.",
    );
  });

  test("of a cohort says the days of its sign-ups", () => {
    const answer = anAnswer({ ...inOctober, cohortWeek: "2026-07-02" });
    expect(sayCohort(answer, english)).toBe(
      "accounts that signed up from Thu 2 Jul to Sat 1 Aug 2026",
    );
  });

  test("of a year so far says where that begins", () => {
    expect(sayPeriod({ ...anAnswer(inOctober), from: "2026-01-01" }, english)).toBe(
      "the year to 2026-10, Thu 1 Jan to Sat 31 Oct 2026",
    );
  });

  test("says that the data are old once the next month is over", () => {
    const said = (at: string) => sayStale(anAnswer(inOctober), Temporal.Instant.from(at));
    expect(said("2026-11-30T12:00Z")).toEqual([]);
    expect(said("2026-12-01T00:00Z")).toEqual(["Data are 15 days old: 2026-11 is missing."]);
    expect(said("2027-01-03T00:00Z")[0]).toContain("2026-11 to 2026-12 are missing");
  });
});
