import { describe, expect, test } from "vitest";
import { defaultSettings, loadCatalogue } from "../../src/metrics/catalogue/index.ts";
import type { Answer, ScorecardEntry } from "../../src/metrics/index.ts";
import { scorecardOffers, signalOffers } from "../../src/wording/scorecard-offers.ts";
import { aCount, anAnswer, routine } from "./an-answer.ts";

const loaded = await loadCatalogue(defaultSettings);
if (!loaded.ok) throw new Error(JSON.stringify(loaded.fault));
const catalogue = loaded.value;

const week = "2026-11-09";
const row = (answer: Answer): ScorecardEntry => ({
  kind: "answered",
  metric: answer.metric,
  name: answer.name,
  owners: ["PRD"],
  sensitive: false,
  answer,
});
const adoption = anAnswer({ verdict: { ...routine, word: "signal" } });
const late: ScorecardEntry = {
  kind: "late",
  metric: "error_rate",
  name: "Error Rate",
  owners: ["PRD"],
  sensitive: false,
  asOf: null,
};

describe("what a scorecard offers", () => {
  test("is a breakdown of each row that has a value and a definition of each, the signals first", () => {
    const rows = [row(aCount(99)), late, row(adoption)];
    const [by, definition] = scorecardOffers({ week, rows }, catalogue);
    expect(by).toEqual({
      kind: "questions",
      label: "Break down",
      questions: [
        {
          label: "Adoption Rate (13-week) by source",
          line: "adoption_rate by source week 2026-W46",
        },
        { label: "Weekly Sign-ups by source", line: "weekly_sign_ups by source week 2026-W46" },
      ],
    });
    expect(definition).toMatchObject({
      label: "Definition of",
      questions: [
        { label: "Adoption Rate (13-week)", line: "define adoption_rate" },
        { line: "define weekly_sign_ups" },
        { line: "define error_rate" },
      ],
    });
  });

  test("leaves out a metric that the catalogue does not have any more", () => {
    const gone = row(aCount(9, { metric: "gone", name: "Gone" }));
    const offers = scorecardOffers({ week, rows: [gone] }, catalogue);
    expect(offers).toMatchObject([{ questions: [] }, { questions: [] }]);
    expect(signalOffers(aCount(9, { metric: "gone" }), catalogue)).toEqual([]);
  });

  test("of a signal are its breakdown in the week that opened it, and its definition", () => {
    expect(signalOffers(adoption, catalogue)).toEqual([
      { kind: "question", label: "Break down", line: "adoption_rate by source week 2026-W46" },
      { kind: "question", label: "Definition", line: "define adoption_rate" },
    ]);
  });
});
