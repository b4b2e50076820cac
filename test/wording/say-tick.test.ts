import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sayTick } from "../../src/wording/say-tick.ts";
import { anyVoice, NONSENSE, units } from "./any-answer.ts";

const us = { locale: "en-US", currency: "USD" };

const axis = (unit: string, step: number, from: number, voice = us) =>
  Array.from({ length: 4 }, (_, i) =>
    sayTick(unit, Number(((from + i) * step).toPrecision(12)), step, voice),
  );

describe("the ticks of an axis", () => {
  test.each([
    ["percent", 0.2, 0, ["0%", "20%", "40%", "60%"]],
    ["percent", 0.025, 0, ["0%", "2.5%", "5.0%", "7.5%"]],
    ["percent", 0.0005, 6, ["0.30%", "0.35%", "0.40%", "0.45%"]],
    ["money", 50_000, 18, ["$900K", "$950K", "$1.00M", "$1.05M"]],
    ["money", 0.5, 1, ["$0.50", "$1.00", "$1.50", "$2.00"]],
    ["accounts", 250, -1, ["−250", "0", "250", "500"]],
    ["milliseconds", 500, 1, ["500 ms", "1,000 ms", "1,500 ms", "2,000 ms"]],
  ])("of %s, %d apart, have no digit too many", (unit, step, from, told) => {
    expect(axis(unit, step, from)).toEqual(told);
  });

  test("of durations have the one unit that the axis is in", () => {
    expect(axis("hours", 0.5, 0)).toEqual(["0 hours", "0.5 hours", "1.0 hours", "1.5 hours"]);
    expect(axis("minutes", 100, 1)).toEqual([
      "100 minutes",
      "200 minutes",
      "300 minutes",
      "400 minutes",
    ]);
  });

  test("differ where a locale counts by ten thousand", () => {
    const japanese = { locale: "ja-JP", currency: "JPY" };
    expect(axis("money", 1000, 50, japanese).map((tick) => tick.slice(1))).toEqual([
      "5.0万",
      "5.1万",
      "5.2万",
      "5.3万",
    ]);
  });

  test("are all distinct for distinct values, whatever unit, step, place and locale", () => {
    const step = fc
      .tuple(fc.constantFrom(1, 2, 2.5, 5), fc.integer({ min: -6, max: 8 }))
      .map(([multiple, power]) => multiple * 10 ** power);
    fc.assert(
      fc.property(
        fc.constantFrom(...units),
        step,
        fc.integer({ min: -1000, max: 1000 }),
        anyVoice,
        (unit, apart, from, voice) => {
          const ticks = axis(unit, apart, from, voice);
          expect(new Set(ticks).size).toBe(ticks.length);
          for (const tick of ticks) expect(tick).not.toMatch(NONSENSE);
        },
      ),
      { numRuns: 500 },
    );
  });
});
