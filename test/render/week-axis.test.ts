import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { RenderError } from "../../src/render/index.ts";
import { textWidth } from "../../src/render/text-width.ts";
import { tickSize, weekAxis, weekInstant } from "../../src/render/week-axis.ts";
import { week } from "./trend-cards.ts";

function weeksFrom(first: string, count: number): number[] {
  return Array.from({ length: count }, (_, i) => weekInstant(week(i, first)));
}

function texts(first: string, count: number, width = 440): string[] {
  return weekAxis(weeksFrom(first, count), width, -10).ticks.map(({ text }) => text);
}

describe("the dates under the weeks", () => {
  test("end with the newest week", () => {
    expect(texts("2026-05-25", 26).at(-1)).toBe("16 Nov");
  });

  test("are under every week when there are few", () => {
    expect(texts("2026-10-12", 6)).toEqual([
      "12 Oct",
      "19 Oct",
      "26 Oct",
      "2 Nov",
      "9 Nov",
      "16 Nov",
    ]);
  });

  test("say the year where it turns", () => {
    expect(texts("2026-12-07", 6, 600)).toEqual([
      "7 Dec",
      "14 Dec",
      "21 Dec",
      "28 Dec",
      "4 Jan 2027",
      "11 Jan",
    ]);
  });

  test("are months at even distances when the weeks are many", () => {
    expect(texts("2021-11-29", 260)).toEqual(["Jan 2023", "Jan 2024", "Jan 2025", "Jan 2026"]);
  });

  test("have room for a year each where two years turn within one narrow plot", () => {
    const axis = weekAxis(weeksFrom("2058-10-15", 65), 151, -4);
    const said = axis.ticks.map(({ at, text }) => {
      const middle = ((at - axis.from) / (axis.to - axis.from)) * 151;
      const half = textWidth(text, tickSize) / 2;
      return [middle - half, middle + half] as const;
    });
    expect(said.length).toBeGreaterThan(1);
    for (const [i, [left]] of said.entries()) {
      expect(left).toBeGreaterThan(said[i - 1]?.[1] ?? Number.NEGATIVE_INFINITY);
    }
  });

  test("never touch each other or what stands left of the plot", () => {
    const series = fc.record({
      first: fc.date({
        min: new Date("1990-01-01"),
        max: new Date("2100-01-01"),
        noInvalidDate: true,
      }),
      count: fc.integer({ min: 1, max: 1_040 }),
      width: fc.integer({ min: 150, max: 560 }),
    });
    fc.assert(
      fc.property(series, ({ first, count, width }) => {
        const axis = weekAxis(weeksFrom(first.toISOString().slice(0, 10), count), width, -4);
        let free = -4;
        for (const { at, text } of axis.ticks) {
          const middle = ((at - axis.from) / (axis.to - axis.from)) * width;
          const half = textWidth(text, tickSize) / 2;
          expect(middle - half).toBeGreaterThanOrEqual(free);
          free = middle + half + 4;
        }
      }),
      { numRuns: 300 },
    );
  });
});

test("a week is an ISO date and nothing else", () => {
  expect(weekInstant("2024-02-29")).toBe(Date.UTC(2024, 1, 29));
  for (const week of [
    "2023-02-29",
    "2026-W33",
    "2026-1-1",
    "",
    "2026-05-25T00:00",
    "９999-01-01",
  ]) {
    expect(() => weekInstant(week)).toThrow(RenderError);
  }
});
