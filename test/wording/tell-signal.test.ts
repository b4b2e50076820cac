import { describe, expect, test } from "vitest";
import { tellSignal, tellSignalLink } from "../../src/wording/tell-signal.ts";
import { anAnswer, anAnsweredTarget, english, routine } from "./an-answer.ts";

const verdict = { ...routine, word: "signal", direction: -1 } as const;

describe("a signal", () => {
  test("says what happened, to whom, and asks its owner", () => {
    const { blocks, summary } = tellSignal(
      anAnswer({ verdict: { ...verdict, low: 0.42 } }),
      { name: "PRD", mention: "slack:S0PRD" },
      english,
    );
    expect(summary).toBe(
      "Signal: Adoption Rate (13-week) 41.2% (103 of 250) in 2026-W46. Down 1.9 points (worse) from 43.1% the week before. About the accounts that signed up in 2026-W33, Mon 10 to Sun 16 Aug 2026. Signal: unusually low. Expected 42.6% (normal: 42.0% to 54.7%). Owner: PRD. What happened? Answer in this thread: it is kept with the metric, and /kpi define shows it.",
    );
    expect(blocks).toContainEqual({
      kind: "text",
      text: [
        "Owner: ",
        { kind: "mention", target: "slack:S0PRD", name: "PRD" },
        ". What happened? Answer in this thread: it is kept with the metric, and /kpi define shows it.",
      ],
    });
  });

  test("says how its target stands", () => {
    const answer = anAnswer({ verdict, target: anAnsweredTarget() });
    const { blocks, summary } = tellSignal(answer, { name: "PRD", mention: null }, english);
    const said = "Target: at least 45.0%, until Thu 31 Dec 2026: missed by 3.8 points.";
    expect(summary).toContain(said);
    expect(blocks).toContainEqual({ kind: "text", text: said });
  });

  test("that is a run is called a run", () => {
    const run = anAnswer({ verdict: { ...verdict, word: "run" } });
    const { blocks } = tellSignal(run, { name: "PRD", mention: null }, english);
    expect(blocks[0]).toEqual({ kind: "heading", text: "Run: Adoption Rate (13-week)" });
  });

  test("is linked to where it can be opened, and named where it cannot", () => {
    expect(tellSignalLink("Error Rate", "https://x.test/1").summary).toBe(
      "Error Rate: discussed here: https://x.test/1",
    );
    expect(tellSignalLink("Error Rate", null).summary).toBe(
      "Error Rate is discussed in another channel.",
    );
  });
});
