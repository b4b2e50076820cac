import { describe, expect, test } from "vitest";
import type { Answer, ScorecardEntry } from "../../src/metrics/index.ts";
import { tellScorecard } from "../../src/wording/tell-scorecard.ts";
import { aCount, anAnswer, anAnsweredTarget, english, routine, untested } from "./an-answer.ts";

const week = "2026-11-09";
const about = { owners: ["PRD"], sensitive: false };
const answered = (answer: Answer): ScorecardEntry => ({
  ...about,
  kind: "answered",
  metric: answer.metric,
  name: answer.name,
  answer,
});
const adoption = anAnswer({
  figures: { value: 0.171, num: 18, den: 105, n: 105 },
  change: { absolute: -0.376, relative: -0.7, better: false, p: null, interval: null },
  verdict: { ...routine, word: "signal", expected: 0.485, low: 0.3, high: 0.672, direction: -1 },
});
const retention = anAnswer({
  metric: "retention_rate",
  name: "Retention Rate",
  cohortWeek: null,
  windowWeeks: 13,
  defaultWindowWeeks: 13,
  verdict: { ...routine, value: 0.401 },
  change: { absolute: 0.004, relative: 0.01, better: true, p: null, interval: null },
});
const errors: ScorecardEntry = {
  ...about,
  kind: "late",
  metric: "error_rate",
  name: "Error Rate",
  asOf: null,
};

describe("the scorecard", () => {
  const whole = { week, rows: [answered(adoption), answered(retention)] };
  const { blocks, summary } = tellScorecard(whole, { hidden: 2 }, english);

  test("says first how many signals there are, and each with its limits", () => {
    expect(blocks.slice(0, 4)).toEqual([
      { kind: "heading", text: "Scorecard 2026-W46 · Mon 9 to Sun 15 Nov 2026, complete" },
      { kind: "context", text: "data complete to Mon 16 Nov 2026, 00:00 UTC · no filters" },
      { kind: "text", text: [{ kind: "strong", text: "2 metrics: 1 signal, 1 routine." }] },
      {
        kind: "text",
        text: "Adoption Rate (13-week) 17.1%, down 37.6 points (worse). Signal: unusually low. Expected 48.5% (normal: 30.0% to 67.2%).",
      },
    ]);
  });

  test("has a row a metric, with a word for its verdict", () => {
    expect(blocks[4]).toMatchObject({
      kind: "table",
      rows: [
        ["Adoption Rate (13-week)", "17.1%", "▼ 37.6 points (worse)", "signal down", "PRD"],
        ["Retention Rate", "41.2%", "▲ 0.4 points (better)", "routine", "PRD"],
      ],
    });
  });

  test("ends on freshness, what is hidden, and what is not of the week itself", () => {
    expect(blocks.at(-1)).toEqual({
      kind: "context",
      text: "2 metrics not shown here · change from the week before · Adoption Rate (13-week): sign-ups of 2026-W33 · Retention Rate: 13 weeks, tested on the week alone (40.1%)",
    });
  });

  test("says of which week the values are, and what is open since an earlier one", () => {
    expect(blocks[4]).toMatchObject({ columns: { 1: { label: "2026-W46" } } });
    const since = { metric: "retention_rate", name: "Retention Rate", since: "2026-10-26" };
    const open = [
      { ...since, url: "https://x.test/1" },
      { ...since, name: "Error Rate", url: null },
    ];
    const told = tellScorecard(whole, { hidden: 0, open }, english);
    expect(told.blocks[4]).toEqual({
      kind: "text",
      text: [
        "Still open: Retention Rate since 2026-W44",
        " (",
        { kind: "link", text: "discussed here", url: "https://x.test/1" },
        ")",
        "; Error Rate since 2026-W44",
        ".",
      ],
    });
    expect(told.summary).toContain(
      "Still open: Retention Rate since 2026-W44; Error Rate since 2026-W44. Retention Rate 41.2%",
    );
    const many = Array.from({ length: 11 }, () => ({ ...since, url: null }));
    expect(tellScorecard(whole, { hidden: 0, open: many }, english).summary).toContain(
      "; and 3 more.",
    );
  });

  test("says the way of the verdict where it is not that of the change", () => {
    const back = { ...adoption.change, better: true, absolute: 0.02 };
    const told = tellScorecard(
      { week, rows: [answered({ ...adoption, change: back })] },
      { hidden: 0 },
      english,
    );
    expect(told.summary).toContain("up 2.0 points (better). Signal: unusually low (worse).");
  });

  test("is heard as words, without arrows", () => {
    expect(summary).toContain("Retention Rate 41.2%, up 0.4 points (better), routine.");
    expect(summary).not.toMatch(/[▲▼]/);
  });

  test("says of a metric whose source was never loaded that it has no data", () => {
    const silent = { ...errors, kind: "failed", reason: "no_data" } as const;
    const told = tellScorecard(
      { week, rows: [answered(aCount(99)), silent] },
      { hidden: 0 },
      english,
    );
    expect(told.summary).toContain("1 routine, 1 no data (Error Rate).");
    expect(told.summary).not.toContain("failed");
  });

  test("names no more of them in its sentence than a line has room for, as the rows name them all", () => {
    const names = ["Weekly Revenue", "Weekly Growth Rate", "Uptime", "Error Rate"];
    const rows = names.map(
      (name) => ({ ...errors, name, kind: "failed", reason: "no_data" }) as const,
    );
    const told = tellScorecard({ week, rows }, { hidden: 0 }, english);
    expect(told.blocks[2]).toMatchObject({
      text: [
        {
          text: "4 metrics: no signals, 4 no data (Weekly Revenue, Weekly Growth Rate and 2 more).",
        },
      ],
    });
    for (const name of names) expect(told.summary).toContain(`${name}: no data.`);
  });

  test("names what is late, and is then not complete", () => {
    const late = tellScorecard(
      { week, rows: [answered(aCount(99)), errors] },
      { hidden: 1 },
      english,
    );
    expect(late.blocks[0]).toEqual({
      kind: "heading",
      text: "Scorecard 2026-W46 · Mon 9 to Sun 15 Nov 2026",
    });
    expect(late.summary).toContain("2 metrics: no signals, 1 routine, 1 late (Error Rate).");
    expect(late.summary).toContain("Error Rate: late.");
    expect(late.summary).toContain("1 metric not shown here");
  });

  test("says of a thin or widened row what it rests on", () => {
    const thin = aCount(5, { flags: ["low_n"], nMin: 30 });
    const wide = anAnswer({
      windowWeeks: 4,
      previous: { week: "2026-10-12", value: 0.431, num: 106, den: 246, n: 246 },
      verdict: { ...routine, pooledWeeks: 4 },
    });
    const told = tellScorecard(
      { week, rows: [answered(thin), answered(wide)] },
      { hidden: 0 },
      english,
    );
    expect(told.summary).toContain("Weekly Sign-ups: thin sample (5 of 30 needed)");
    expect(told.summary).toContain(
      "change from the week before, of Adoption Rate (13-week) from 4 weeks earlier · ",
    );
    expect(told.summary).toContain("Adoption Rate (13-week): sign-ups of 4 weeks to 2026-W33");
  });

  test("shows the target of each row that has one, and how it stands", () => {
    const { status } = anAnsweredTarget();
    const missed = anAnswer({ ...adoption, target: anAnsweredTarget({ certain: false }) });
    const money = { metric: "weekly_revenue", name: "Weekly Revenue", unit: "money" } as const;
    const year = anAnsweredTarget({
      metric: money.metric,
      type: "cumulative_by_date",
      value: 2800,
    });
    const paced = aCount(60, { ...money, target: { ...year, status: "on_track" } });
    const growth = aCount(1, { metric: "cwgr", name: "CWGR", target: { ...year, status } });
    const rows = [missed, paced, growth, aCount(99)].map(answered);
    const told = tellScorecard({ week, rows }, { hidden: 0 }, english);
    const table = told.blocks.find(({ kind }) => kind === "table");
    expect(table).toMatchObject({ columns: { 4: { label: "target" } } });
    expect(table?.kind === "table" && table.rows.map((row) => row[4])).toEqual([
      "45.0%, missed (not certain)",
      "$2,800 in all, on track",
      "missed",
      "",
    ]);
    expect(told.summary).toContain("Target: 45.0%, missed (not certain).");
    expect(told.summary).toContain("routine, target $2,800 in all, on track.");
  });

  test("has no column for targets where there is none", () => {
    expect(blocks[4]).toMatchObject({ columns: { length: 5 } });
  });

  test("says of what was not tested why", () => {
    const total = aCount(99, { from: "2026-01-01", verdict: untested, nMin: 0 });
    const young = anAnswer({ verdict: { ...untested, word: "too_few_weeks" } });
    const told = tellScorecard(
      { week, rows: [answered(total), answered(young)] },
      { hidden: 0 },
      english,
    );
    expect(told.summary).toContain(
      "2 metrics: no signals, 1 with too few weeks before, 1 not tested.",
    );
    expect(told.summary).toContain("the year so far, not tested: this is a running total");
  });
});
