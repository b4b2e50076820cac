import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Block, cellText } from "../../src/message.ts";
import type { Answer } from "../../src/metrics/index.ts";
import { knownPart } from "../../src/wording/begun-week.ts";
import { titleOf } from "../../src/wording/say-scope.ts";
import { weekName } from "../../src/wording/say-week.ts";
import { tellAnswer } from "../../src/wording/tell-answer.ts";
import { sayHeadline } from "../../src/wording/whole-share.ts";
import { aCount, anAnswer, english, untested } from "./an-answer.ts";
import { anyAnswer, anyVoice, NONSENSE } from "./any-answer.ts";

const none = { absolute: null, relative: null, better: null, p: null, interval: null };

describe("an answer", () => {
  test("of a month says so in its heading, whatever the metric is called", () => {
    const month = { grain: { unit: "month", yearStarts: 1 }, week: "2026-10-01" } as const;
    const { blocks } = tellAnswer(anAnswer({ name: "Weekly Revenue", ...month }), english);
    expect(blocks[0]).toEqual({ kind: "heading", text: "Weekly Revenue, 2026-10" });
  });

  test("says the number first, then whom it is about, the verdict, and what it rests on", () => {
    const { summary, blocks } = tellAnswer(anAnswer({ filters: { tier: ["pro"] } }), english);
    expect(blocks).toEqual([
      { kind: "heading", text: "Adoption Rate (13-week), tier pro" },
      {
        kind: "text",
        text: [
          { kind: "strong", text: "41.2%" },
          " (103 of 250)  ▼ 1.9 points (worse) from 43.1% the week before",
        ],
      },
      {
        kind: "text",
        text: "About the accounts that signed up in 2026-W33, Mon 10 to Sun 16 Aug 2026.",
      },
      {
        kind: "text",
        text: "Routine: within normal variation. Expected 42.6% (normal: 31.1% to 54.7%).",
      },
      {
        kind: "chart",
        title: "Adoption Rate (13-week), tier pro",
        unit: "percent",
        labels: ["2026-W46"],
        series: [{ name: "value", values: [41.2] }],
      },
      { kind: "image" },
      {
        kind: "context",
        text: "2026-W46, Mon 9 to Sun 15 Nov 2026 · data complete to Mon 16 Nov 2026, 00:00 UTC · definition adoption_rate 1-9f3c",
      },
    ]);
    expect(summary).toBe(
      "Adoption Rate (13-week), tier pro: 41.2% (103 of 250) in 2026-W46, Mon 9 to Sun 15 Nov 2026. About the accounts that signed up in 2026-W33, Mon 10 to Sun 16 Aug 2026. Down 1.9 points (worse) from 43.1% the week before. Routine: within normal variation. Expected 42.6% (normal: 31.1% to 54.7%). Data complete to Mon 16 Nov 2026, 00:00 UTC.",
    );
  });

  test("of several weeks names the first and the last day, also over a new year", () => {
    const { summary } = tellAnswer(
      anAnswer({ week: "2026-01-05", windowWeeks: 4, cohortWeek: "2025-10-06" }),
      english,
    );
    expect(summary).toContain("in 4 weeks to 2026-W02, Mon 15 Dec 2025 to Sun 11 Jan 2026.");
    expect(summary).toContain(
      "signed up in the 4 weeks to 2025-W41, Mon 15 Sep to Sun 12 Oct 2025.",
    );
  });

  test("of a cohort that is no account's says whose it is, and of what is no share no parts", () => {
    const { summary } = tellAnswer(
      anAnswer({ cohortWeek: "2026-11-02", cohort: "tickets opened", isOfWhole: false }),
      english,
    );
    expect(summary).toContain("About the tickets opened in 2026-W45, Mon 2 to Sun 8 Nov 2026.");
    expect(summary).not.toContain("103 of 250");
  });

  test("of a young cohort is the pair that is known, and of a median that nobody reached says so", () => {
    const young = anAnswer({
      status: "maturing",
      cohortWeek: "2026-10-05",
      figures: { value: null, num: 12, den: 45, n: 60 },
      maturing: { already: 12, possible: 45, n: 60, elapsedWeeks: 5 },
      previous: null,
      verdict: untested,
    });
    const told = tellAnswer(young, english);
    expect(told.summary).toContain(
      "Adoption Rate (13-week): 20.0% so far (12 of 60), week 5 of 5, to be complete with 2026-W46",
    );
    expect(told.summary).toContain(
      "12 of 60 (20.0%) have adopted so far; at most 45 of 60 (75.0%) can.",
    );
    expect(told.blocks[1]).toEqual({
      kind: "text",
      text: [{ kind: "strong", text: "20.0%" }, " so far (12 of 60), week 5 of 5"],
    });
    const never = anAnswer({
      unit: "hours",
      figures: { value: null, num: null, den: 60, n: 60 },
      flags: ["under_half_reached_value"],
    });
    const { summary } = tellAnswer(never, english);
    expect(summary).toContain("Fewer than half have got there, so there is no median yet.");
    expect(summary).not.toContain("nothing to count");
  });

  test("of an open week says once that it is partial", () => {
    const { summary } = tellAnswer(
      aCount(12, { status: "open", verdict: untested, change: none, previous: null }),
      english,
    );
    expect(summary).toBe(
      "Weekly Sign-ups: 12 in 2026-W46, Mon 9 to Sun 15 Nov 2026. This week is not over, so the number is partial: it is not compared with a complete week, and not tested. Data complete to Mon 16 Nov 2026, 00:00 UTC.",
    );
  });

  test("of an open week that the data have not reached has no number and no point", () => {
    const figures = { value: 0, num: 0, den: null, n: 0 };
    const point = { week: "2026-11-16", ...figures, status: "open", band: null } as const;
    const { summary, blocks } = tellAnswer(
      aCount(0, {
        week: "2026-11-16",
        status: "open",
        figures,
        previous: null,
        change: none,
        series: [
          { ...point, week: "2026-11-09", value: 107, status: "final", signal: false },
          { ...point, signal: false },
        ],
      }),
      english,
    );
    expect(summary).toContain(
      "n/a, no data yet for 2026-W47, Mon 16 to Sun 22 Nov 2026. The data reach to Mon 16 Nov 2026, 00:00 UTC. The last value is 107, of 2026-W46.",
    );
    expect(blocks[1]).toEqual({
      kind: "text",
      text: [{ kind: "strong", text: "No data yet for 2026-W47" }],
    });
    expect(JSON.stringify(blocks)).not.toContain("so far");
  });

  test("of an open week's level is the newest value, and not one so far", () => {
    const level = anAnswer({ status: "open", isLevel: true, unit: "money per month" });
    const { summary, blocks } = tellAnswer({ ...level, week: "2026-11-09" }, english);
    expect(summary).toContain("so this is the newest value");
    expect(JSON.stringify(blocks)).toContain("the newest");
    expect(JSON.stringify(blocks)).not.toContain("so far");
  });

  test("without a value says why", () => {
    const figures = { value: null, num: 0, den: 0, n: 0 };
    expect(tellAnswer(anAnswer({ figures, status: "no_data" }), english).summary).toMatch(
      /: n\/a, no data for 2026-W46, .*\. There was nothing to count in this week\./,
    );
    expect(tellAnswer(anAnswer({ figures, status: "open" }), english).summary).toContain(
      "no value for 2026-W46, Mon 9 to Sun 15 Nov 2026. This week is not over, and there is nothing to count yet.",
    );
  });

  test("by a dimension has a table that repeats nothing and marks what is thin", () => {
    const breakdown = {
      dimension: "tier",
      segments: [
        { segment: "pro", value: 0.5, num: 40, den: 80, n: 80, lowN: false },
        { segment: "(none)", value: 1, num: 3, den: 3, n: 3, lowN: true },
      ],
    };
    const { blocks, summary } = tellAnswer(anAnswer({ breakdown }), english);
    expect(blocks[0]).toEqual({ kind: "heading", text: "Adoption Rate (13-week) by tier" });
    expect(blocks.find(({ kind }) => kind === "table")).toMatchObject({
      columns: [{ label: "tier" }, { label: "value" }, { label: "of" }, { label: "sample" }],
      rows: [
        ["pro", { text: "50.0%", value: 0.5 }, "40 of 80", "enough"],
        ["(none)", { text: "100.0%", value: 1 }, "3 of 3", "thin (under 30)"],
      ],
    });
    expect(summary).toContain("By tier: pro 50.0%, (none) 100.0% (thin sample).");
  });

  test("of money a month by a dimension says per what, and of how many", () => {
    const segments = [{ segment: "pro", value: 5000, num: 5000, den: null, n: 17, lowN: false }];
    const money = aCount(5000, {
      unit: "money per month",
      breakdown: { dimension: "tier", segments },
    });
    expect(tellAnswer(money, english).blocks.find(({ kind }) => kind === "table")).toMatchObject({
      columns: [{ label: "tier" }, { label: "per month" }, { label: "sample" }],
      rows: [["pro", { text: "$5,000", value: 5000 }, { text: "17", value: 17 }]],
    });
  });
});

test("any answer tells its title, week and value, and no nonsense", () => {
  fc.assert(
    fc.property(anyAnswer, anyVoice, (answer, voice) => {
      const { summary, blocks } = tellAnswer(answer, voice);
      expect(summary).toContain(titleOf(answer));
      expect(summary).toContain(weekName(answer.week));
      const { figures, maturing } = knownPart(answer);
      if (figures.value !== null || maturing === null)
        expect(summary).toContain(sayHeadline({ ...answer, figures }, voice));
      const told = JSON.stringify(blocks.map(wordsOf));
      const segments = answer.breakdown?.segments.map(({ segment }) => segment) ?? [];
      if (!segments.some((segment) => NONSENSE.test(segment))) {
        expect(summary).not.toMatch(NONSENSE);
        expect(told).not.toMatch(NONSENSE);
      }
    }),
  );
});

/** A chart and the value beside a cell's text are data: null is their word for nothing. */
function wordsOf(block: Block): unknown {
  if (block.kind === "chart") return { ...block, series: [] };
  return block.kind === "table"
    ? { ...block, rows: block.rows.map((r) => r.map(cellText)) }
    : block;
}

describe("the chart of an answer", () => {
  const figures = { num: null, den: null, n: null, band: null, signal: false };
  const point = (week: string, value: number | null, status: "final" | "open" = "final") => ({
    ...figures,
    week,
    value,
    status,
  });
  const chartOf = (answer: Answer) =>
    tellAnswer(answer, english).blocks.find((block) => block.kind === "chart");

  test("is in the numbers that people read, and ends before the open week", () => {
    const series = [
      point("2026-11-02", 0.41234),
      point("2026-11-09", Number.POSITIVE_INFINITY),
      point("2026-11-16", 0.1, "open"),
    ];
    expect(chartOf(anAnswer({ series }))?.series[0]?.values).toEqual([41.23, null, null]);
    const money = anAnswer({ unit: "money per month", series: [point("2026-11-02", 1234567.891)] });
    expect(chartOf(money)).toMatchObject({
      unit: "USD per month",
      series: [{ values: [1234567.89] }],
    });
  });

  test("holds what Slack takes or null, whatever the answer", () => {
    fc.assert(
      fc.property(anyAnswer, anyVoice, (answer, voice) => {
        const chart = tellAnswer(answer, voice).blocks.find(({ kind }) => kind === "chart");
        for (const { values } of chart?.kind === "chart" ? chart.series : [])
          for (const value of values) expect(value === null || Number.isFinite(value)).toBe(true);
      }),
    );
  });
});
