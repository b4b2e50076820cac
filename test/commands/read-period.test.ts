import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { grainOf, readPeriod } from "../../src/commands/read-period.ts";
import { addPeriods, periodOf } from "../../src/periods.ts";

import { periodName } from "../../src/wording/index.ts";
import { TODAY, tokensOf } from "./asking.ts";

const calendar = { today: TODAY, weekStarts: 1, yearStarts: 1 };
const april = { ...calendar, yearStarts: 4 };

describe("a month is read", () => {
  test.each([
    ["2026-10", "2026-10-01"],
    ["2026/3", "2026-03-01"],
    ["October", "2026-10-01"],
    ["oct 2025", "2025-10-01"],
    ["Oct, 2025", "2025-10-01"],
    ["the month", null],
    ["9", "2026-09-01"],
    ["10 2025", "2025-10-01"],
    ["13 2025", null],
    ["2026-10-15", "2026-10-01"],
    ["15 Oct", "2026-10-01"],
    // Without a year the latest that has begun.
    ["December", "2025-12-01"],
    ["13", null],
    ["2026-13", null],
    ["Q3", null],
  ])("%s is %s", (text, month) => {
    expect(readPeriod("month", tokensOf(text), calendar)?.first ?? null).toBe(month);
  });
});

describe("a quarter is read", () => {
  test.each([
    ["2026-Q3", "2026-07-01", "2025-10-01"],
    ["2026Q3", "2026-07-01", "2025-10-01"],
    ["Q3 2026", "2026-07-01", "2025-10-01"],
    ["FY2027-Q1", "2027-01-01", "2026-04-01"],
    ["fy 2027 q1", "2027-01-01", "2026-04-01"],
    ["FY27-Q1", "2027-01-01", "2026-04-01"],
    ["Q1 FY27", "2027-01-01", "2026-04-01"],
    ["27 Q1", null, null],
    // The latest that has begun by 17 November 2026.
    ["Q4", "2026-10-01", "2026-01-01"],
    ["1", "2026-01-01", "2026-04-01"],
    ["August", "2026-07-01", "2026-07-01"],
    ["2026-02-28", "2026-01-01", "2026-01-01"],
    ["Q5", null, null],
    ["2026-Q3 2026", "2026-07-01", "2025-10-01"],
  ])("%s is from %s, or from %s where the year starts in April", (text, first, fiscal) => {
    const read = (of: typeof calendar) => readPeriod("quarter", tokensOf(text), of)?.first ?? null;
    expect([read(calendar), read(april)]).toEqual([first, fiscal]);
  });
});

test("every month and quarter is read from its name, whenever the fiscal year starts", () => {
  fc.assert(
    fc.property(
      fc.constantFrom("month" as const, "quarter" as const),
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: -80, max: 80 }),
      (word, yearStarts, away) => {
        const ours = { ...calendar, yearStarts };
        const grain = grainOf(word, ours);
        const first = addPeriods(periodOf(TODAY, 1, grain), away, grain);
        const name = periodName(first, grain);
        expect(readPeriod(word, tokensOf(name), ours)).toEqual({ first, taken: 1 });
      },
    ),
  );
});
