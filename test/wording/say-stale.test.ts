import { expect, test } from "vitest";
import { sayStale } from "../../src/wording/say-stale.ts";
import { tellAnswer } from "../../src/wording/tell-answer.ts";
import { anAnswer, english } from "./an-answer.ts";

const at = (instant: string) => Temporal.Instant.from(instant);

test.each([
  ["in the week after", "2026-11-16T10:00:00Z", []],
  ["on its last day", "2026-11-22T23:59:00Z", []],
  [
    "a week later, in the first hours",
    "2026-11-23T01:00:00Z",
    ["Data are 7 days old: 2026-W47 is missing."],
  ],
  ["nine days later", "2026-11-25T10:00:00Z", ["Data are 9 days old: 2026-W47 is missing."]],
  [
    "weeks later",
    "2026-12-08T10:00:00Z",
    ["Data are 22 days old: 2026-W47 to 2026-W49 are missing."],
  ],
])("the data of 2026-W46 are stale or not: %s", (_, now, said) => {
  expect(sayStale(anAnswer(), at(now))).toEqual(said);
});

test("data that came a day after the week's end but miss the next are some hours old", () => {
  const answer = anAnswer({ asOf: "2026-11-22T20:00:00Z" });
  expect(sayStale(answer, at("2026-11-23T10:00:00Z"))).toEqual([
    "Data are 14 hours old: 2026-W47 is missing.",
  ]);
});

test("stale data are told first, below the heading, and not of a week that was asked for", () => {
  const now = at("2026-11-25T10:00:00Z");
  const { summary, blocks } = tellAnswer(anAnswer(), english, now);
  expect(summary).toMatch(/^Data are 9 days old: 2026-W47 is missing\. Adoption/);
  expect(blocks[1]).toEqual({ kind: "text", text: "Data are 9 days old: 2026-W47 is missing." });
  expect(tellAnswer(anAnswer(), english).summary).not.toContain("days old");
});
