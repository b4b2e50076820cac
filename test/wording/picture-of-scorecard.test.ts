import { expect, test } from "vitest";
import { scorecardCard } from "../../src/wording/picture-of-scorecard.ts";
import { anAnswer, anAnsweredTarget, english } from "./an-answer.ts";

function stateOf(certain: boolean | null): string | undefined {
  const answer = anAnswer({ target: anAnsweredTarget({ status: "met", certain }) });
  const about = { owners: ["PRD"], sensitive: false, metric: answer.metric, name: answer.name };
  const rows = [{ ...about, kind: "answered", answer } as const];
  const card = scorecardCard({ week: "2026-11-09", rows }, 0, english, "light");
  return card.rows[0]?.target?.state;
}

test("a target that the sample leaves open is not drawn as if it were met for certain", () => {
  expect(stateOf(false)).toBe("target met (?)");
  expect(stateOf(true)).toBe("target met");
  expect(stateOf(null)).toBe("target met");
});
