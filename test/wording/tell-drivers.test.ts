import { expect, test } from "vitest";
import { type AnswerFlag, type ScorecardEntry, toldDriver } from "../../src/metrics/index.ts";
import { tellDriver } from "../../src/wording/index.ts";
import { anAnswer, english, untested } from "./an-answer.ts";

const driver = {
  code: "C.3.1",
  name: "Product Experience",
  what: "Features.",
  parent: "adoption_rate",
  owners: ["PRD"],
  metrics: ["adoption_rate"],
};

function told(flags: AnswerFlag[]): string {
  const answer = anAnswer({ flags, verdict: untested });
  const { metric, name, week } = answer;
  const row: ScorecardEntry = {
    kind: "answered",
    metric,
    name,
    owners: ["PRD"],
    sensitive: false,
    answer,
  };
  const drivers = [toldDriver(driver, [row])];
  return tellDriver({ week, drivers, moved: null, hidden: 0, line: "drivers C.3.1" }, english)
    .summary;
}

test("a driver without a status says whether a refresh would give it one", () => {
  expect(told(["unjudged"])).toContain("Its metrics are not tested yet: a refresh is due");
  expect(told([])).toContain("Fewer than two of its metrics are tested in this week");
});
