import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readWeek, weekOfText } from "../../src/commands/read-week.ts";
import { TODAY, tokensOf } from "./asking.ts";

const monday = { today: TODAY, weekStarts: 1, yearStarts: 1 };

describe("a week is read", () => {
  test.each([
    ["2026-W46", "2026-11-09"],
    ["2026w46", "2026-11-09"],
    ["w46", "2026-11-09"],
    ["46", "2026-11-09"],
    ["week 46", "2026-11-09"],
    ["46 2025", "2025-11-10"],
    ["W46, 2025", "2025-11-10"],
    ["2026-11-12", "2026-11-09"],
    ["2026/11/12", "2026-11-09"],
    ["12 Nov", "2026-11-09"],
    ["12th of November", "2026-11-09"],
    ["Nov 12, 2026", "2026-11-09"],
    ["the 12th of November 2025", "2025-11-10"],
    ["1 Sept", "2026-08-31"],
    ["sept", "2026-08-31"],
    ["September 2025", "2025-09-01"],
    ["today", "2026-11-16"],
    ["yesterday", "2026-11-09"],
    ["this week", "2026-11-16"],
    ["last week", "2026-11-09"],
    ["last month", "2026-09-28"],
    ["this year", "2025-12-29"],
  ])("%s is the week of %s", (text, week) => {
    expect(weekOfText(text, monday)).toBe(week);
  });

  test.each([
    ["a number that has not begun is last year's", "50", "2025-12-08"],
    ["a day that is still to come is last year's", "1 Dec", "2025-12-01"],
    ["a day in this very week is this year's", "20 Nov", "2026-11-16"],
    ["a week 53 is that of the year that has one", "53", null],
    ["the 29th of February is the last there was", "29 Feb", "2024-02-26"],
  ])("without a year, %s", (_, text, week) => {
    expect(weekOfText(text, monday)).toBe(week);
  });

  test("a week 53 is found from the year after", () => {
    const calendar = { today: Temporal.PlainDate.from("2027-02-01"), weekStarts: 1, yearStarts: 1 };
    expect(weekOfText("53", calendar)).toBe("2026-12-28");
  });

  test.each([
    "someday",
    "2026-W54",
    "2026-02-30",
    "31 Nov",
    "12/11/2026",
    "11.12.2026",
    "12 Nov 12",
    "Nov Dec",
    "ma 3",
    "0",
    "last quarter",
    "",
    '"',
  ])("%s is none", (text) => {
    expect(weekOfText(text, monday)).toBeNull();
  });

  test.each([
    ["12 Nov by tier", 2],
    ["Nov 12, 2026, tier=pro", 4],
    ["46 tier=pro", 1],
    ['"12 Nov" by tier', 1],
    ["1 Sept last 4 weeks", 2],
    ["2026-W46 vs year", 1],
  ])("%s takes %i tokens", (line, taken) => {
    expect(readWeek(tokensOf(line), monday)).toMatchObject({ taken });
  });

  test("whatever day weeks begin on, a date lies in the week that is read of it", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 4_000 }),
        fc.integer({ min: 1, max: 7 }),
        fc.constantFrom("short", "long", "iso"),
        (back, weekStarts, form) => {
          const day = TODAY.subtract({ days: back });
          const month = day.toLocaleString("en-GB", { month: form === "long" ? "long" : "short" });
          const text = form === "iso" ? day.toString() : `${day.day} ${month} ${day.year}`;
          const week = weekOfText(text, { today: TODAY, weekStarts, yearStarts: 1 });
          const first = Temporal.PlainDate.from(week ?? "0001-01-01");
          return (
            first.dayOfWeek === weekStarts &&
            first.until(day).days < 7 &&
            first.until(day).days >= 0
          );
        },
      ),
      { numRuns: 1_000 },
    );
  });
});
