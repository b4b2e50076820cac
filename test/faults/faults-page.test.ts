import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { hasShared, readShared } from "../support/shared.ts";
import { faultsPage } from "./faults-page.ts";
import { findFaultTests } from "./find-fault-tests.ts";
import { readOutcomes } from "./kept-outcomes.ts";
import { faultRows, rowOf } from "./rows.ts";

const found = findFaultTests();

describe("docs/faults.md", () => {
  test("says what the rows, the tests and the last full runs say; npm run soak -- --page mends it", () => {
    const page = readFileSync(path.resolve(import.meta.dirname, "../../docs/faults.md"), "utf8");
    expect(page).toBe(faultsPage(faultRows, found, readOutcomes()));
  });

  test("names a figure only of a test that exists, and a test that did not hold as that", () => {
    const row = rowOf(14);
    const test = { row: 14, name: "a forged request", file: "test/a.test.ts" };
    const kept = {
      row: 14,
      test: test.name,
      held: false,
      figure: "",
      cases: 3,
      seconds: 1,
      on: "2026-11-28",
    };
    expect(faultsPage([row], [test], [kept])).toContain("**did not hold**");
    expect(faultsPage([row], [test], [{ ...kept, held: true }])).toContain(
      "3 requests in 1 s: held",
    );
    expect(faultsPage([row], [test], [{ ...kept, test: "renamed" }])).toContain("not yet");
    expect(faultsPage([row], [], [kept])).not.toContain("2026-11-28");
    const skipped = { ...kept, held: null, figure: "skipped: no tmpfs here" };
    expect(faultsPage([row], [test], [skipped])).not.toMatch(/held/);
  });
});

describe("the rows", () => {
  test("are each there once, and each test is of one of them under a name of its own", () => {
    expect(faultRows.map(({ row }) => row)).toEqual(faultRows.map((_, index) => index + 1));
    for (const { row } of found) expect(() => rowOf(row)).not.toThrow();
    const names = found.map(({ row, name }) => `${row} ${name}`);
    expect(new Set(names).size).toBe(names.length);
  });

  test.skipIf(!hasShared("FAULTS.md"))("are those of the specification, word for word", () => {
    const ofTable = readShared("FAULTS.md").matchAll(/^\|(\d+)\|(.*)\|(.*)\|(.*)\|$/gm);
    expect(
      faultRows.map(({ row, fault, required, figure }) => [row, fault, required, figure]),
    ).toEqual([...ofTable].map(([, row, ...words]) => [Number(row), ...words]));
  });
});
