import { expect, test } from "vitest";
import { teamFindings } from "../../src/cli/doctor/config-findings.ts";

const told = (named: string[], known: string[] | null) =>
  teamFindings(named, known).map(({ about, state }) => `${about} ${state}`);

test("the doctor tells a team of kpi.yaml that no definition knows, since it would own nothing", () => {
  expect(told(["CS", "SUPPORT"], ["GTM", "CS"])).toEqual(["teams ok", "teams.SUPPORT wrong"]);
  expect(told(["CS"], ["GTM", "CS"])).toEqual(["teams ok"]);
});

test("of definitions that are faulty nothing is said about teams", () => {
  expect(told(["SUPPORT"], null)).toEqual(["teams ok"]);
});
