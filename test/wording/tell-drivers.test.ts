import { expect, test } from "vitest";
import { type AnswerFlag, type ScorecardEntry, toldDriver } from "../../src/metrics/index.ts";
import { tellDriver, tellDrivers } from "../../src/wording/index.ts";
import { anAnswer, english, untested } from "./an-answer.ts";

const driver = {
  code: "C.3.1",
  name: "Product Experience",
  what: "Features.",
  parent: "adoption_rate",
  owners: ["PRD"],
  metrics: ["adoption_rate"],
};

function tellable(flags: AnswerFlag[]) {
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
  return { week, drivers, moved: null, hidden: 0, line: "drivers C.3.1" };
}

const told = (flags: AnswerFlag[]): string => tellDriver(tellable(flags), english).summary;

test("a driver without a status says whether a refresh would give it one", () => {
  expect(told(["unjudged"])).toContain("Its metrics are not tested yet: a refresh is due");
  expect(told([])).toContain("Fewer than two of its metrics are tested in this week");
});

test("a driver without a status has no data only where none of its metrics has a value", () => {
  const all = tellDrivers(tellable(["unjudged"]), english);
  expect(all.summary).toContain("1 driver: 1 not tested yet.");
  expect(all.summary).toContain("Not tested yet: a refresh is due");
  expect(tellDrivers(tellable([]), english).summary).toContain("1 driver: 1 too few tested.");
  const none = { ...tellable([]), drivers: [toldDriver(driver, [])] };
  expect(tellDrivers(none, english).summary).toContain("1 driver: 1 no data.");
});

test("a list of drivers calls its columns by what they hold", () => {
  const { blocks } = tellDrivers(tellable([]), english);
  const columns = blocks.flatMap((block) => (block.kind === "table" ? block.columns : []));
  expect(columns.map(({ label }) => label)).toEqual(["driver", "status", "owner"]);
});
