import { describe, expect, test } from "vitest";
import { type Backtest, backtestSeries } from "../../src/metrics/index.ts";
import { backtestJson, pictureOfBacktest, tellBacktest } from "../../src/wording/index.ts";
import { english } from "./an-answer.ts";

/** Sixty weeks of about 100, of which the last ten stand `up` higher. */
function aStep(up: number): Backtest {
  const about = { name: "sales.csv", unit: "count", direction: "up" } as const;
  const observations = Array.from(
    { length: 60 },
    (_, i) => 100 + ((i * 7) % 5) + (i >= 50 ? up : 0),
  );
  const series = { kind: "value", nMin: 0, minEffect: null, fraction: false, resets: [] } as const;
  return backtestSeries(about, "2025-09-29", { ...series, observations });
}

const source = {
  metric: "weekly_sign_ups",
  specVersion: "1-9f3c",
  asOf: "2026-11-23T00:00:00Z",
  timeZone: "UTC",
};

describe("a backtest is told", () => {
  test("with its alarms first, the other weeks, all weeks, and each movement", () => {
    expect(tellBacktest(aStep(40), false, english).summary).toBe(
      "Backtest: sales.csv. There would have been 1 alarm in the last 52 weeks (2% of them): a signal up in 2026-W38. The other 51 weeks gave none: 38 routine, 9 continuing an alarm, 4 with too few weeks before them. Of all 60 weeks from 2025-W40 to 2026-W47, 1 gave an alarm (2%). An alarm is a week that a Monday would have called out. Two rules give one: a signal is a week far outside its normal range, or two in a row near its edge; a run is eight weeks in a row on one side of the trend. The file is tested by itself, as kind value. 2026-W38: signal up (better), 140 where 102.0 was expected; it lasted 2026-W38 to 2026-W47.",
    );
  });

  test("of several alarms with each rule's count, and which was the last", () => {
    const step = aStep(40);
    const weeks = step.weeks.map((of, i) => {
      if (i !== 20) return of;
      return { ...of, verdict: { ...of.verdict, word: "run", direction: -1 } as const };
    });
    const told = tellBacktest({ ...step, weeks }, false, english);
    expect(told.blocks[1]).toEqual({
      kind: "text",
      text: [
        {
          kind: "strong",
          text: "There would have been 2 alarms in the last 52 weeks (4% of them): 1 signal and 1 run. The last was a signal up in 2026-W38.",
        },
      ],
    });
  });

  test("as quiet where nothing was out of the ordinary", () => {
    const told = tellBacktest(aStep(0), false, english);
    expect(told.summary).toContain(
      "There would have been no alarm in the last 52 weeks. Those 52 weeks: 48 routine, 4 with",
    );
    expect(told.blocks.some(({ kind }) => kind === "table")).toBe(false);
  });

  test("with whose verdicts they are, and that a metric without a test gives none", () => {
    const own = { ...aStep(0), source };
    expect(tellBacktest(own, false, english).summary).toContain("the verdicts that Mondays give");
    const filtered = { ...own, filters: { tier: ["pro"] } };
    expect(tellBacktest(filtered, false, english).summary).toMatch(/tier pro\..*exploratory/);
    const untested = { ...own, name: "YTD Revenue", test: null };
    expect(tellBacktest(untested, false, english).summary).toContain("YTD Revenue is not tested");
  });

  test("of the year's movements in chat, and of all on the terminal", () => {
    const year = aStep(40);
    const early = year.movements.map((each) => ({ ...each, from: "2025-10-06", to: "2025-10-13" }));
    const tested = { ...year, movements: [...early, ...year.movements] };
    expect(tellBacktest(tested, false, english).summary).not.toContain("2025-W41");
    expect(tellBacktest(tested, true, english).summary).toContain("2025-W41");
  });

  test("as data: every week from the first, with its verdict", () => {
    const { weeks } = backtestJson(aStep(40));
    expect(weeks).toHaveLength(60);
    expect(weeks).toMatchObject({
      50: { week: "2026-W38", value: 140, verdict: { word: "signal", test: "value" } },
    });
  });
});

describe("the picture of a backtest", () => {
  test("has the finding as its text for whoever cannot see it", async () => {
    const picture = await pictureOfBacktest(aStep(40), english, "light");
    expect(picture).toMatchObject({
      alt: "Line chart. Backtest: sales.csv. There would have been 1 alarm in the last 52 weeks (2% of them): a signal up in 2026-W38. Signal up in 2026-W38, 140.",
      filename: "backtest-series-2026-W47.png",
      width: 1200,
    });
  });

  test("is none where there is nothing to draw", async () => {
    const empty = { ...aStep(0), weeks: [] };
    expect(await pictureOfBacktest(empty, english, "light")).toBeNull();
  });
});
