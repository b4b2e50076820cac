import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sayExpected } from "../../src/wording/say-expected.ts";
import { sayChangeSize, sayFigure, sayValue, sayWhole } from "../../src/wording/say-number.ts";
import { anyNumber, anyVoice, NONSENSE, units } from "./any-answer.ts";

const us = { locale: "en-US", currency: "USD" };
const german = { locale: "de-DE", currency: "EUR" };
const japanese = { locale: "ja-JP", currency: "JPY" };
const kuwaiti = { locale: "en-GB", currency: "KWD" };
/** Locales part numbers from signs with spaces that do not break. */
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, " ");

describe("a value", () => {
  test.each([
    ["percent", 0.412, us, "41.2%"],
    ["percent", 0.412, german, "41,2 %"],
    ["percent", 0.412, japanese, "41.2%"],
    ["percent", -0.05, german, "−5,0 %"],
    ["percent", 0.0039, us, "0.39%"],
    ["percent", 0, us, "0.0%"],
    ["percent", 0.000001, us, "<0.001%"],
    ["percent", -0.000001, us, ">−0.001%"],
    ["percent", 0.9999, us, "99.990%"],
    ["percent", 0.9999999, us, ">99.999%"],
    ["percent", 1, us, "100.0%"],
    ["percent", 1.25, us, "125.0%"],
    ["money", 408.65, us, "$408.65"],
    ["money", -408.65, us, "−$408.65"],
    ["money", 255_700.4, us, "$255,700"],
    ["money", 255_700.4, german, "255.700 €"],
    ["money", 408.65, japanese, "\uffe5409"],
    ["money", 0.2, japanese, "<\uffe51"],
    ["money", 4.0865, kuwaiti, "KWD 4.087"],
    ["money", 0.001, us, "<$0.01"],
    ["money", 3e15, us, "$3E15"],
    ["accounts", 2445, us, "2,445"],
    ["accounts", 2445, german, "2.445"],
    ["accounts", -0, us, "0"],
    ["ratio", 3.24, us, "3.2"],
    ["ratio", 0.04, us, "0.040"],
    ["ratio", 0.0004, us, "<0.001"],
    ["milliseconds", 2157, us, "2,157 ms"],
    ["milliseconds", 2.34, us, "2.3 ms"],
    ["hours", 12.5, us, "12.5 hours"],
    ["hours", 1, us, "1 hour"],
    ["minutes per user", 28.6, us, "28.6 minutes"],
  ])("of %s, %d, in %o is %s", (unit, value, voice, told) => {
    expect(plain(sayValue(unit, value, voice))).toBe(plain(told));
  });

  test.each([null, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
    "that is %s is n/a, and of no period",
    (value) => {
      expect(sayFigure("money per month", value, us)).toBe("n/a");
      expect(sayWhole(value ?? Number.NaN, us)).toBe("n/a");
    },
  );

  test("of money a month says so", () => {
    expect(sayFigure("money per month", 408.65, us)).toBe("$408.65 a month");
    expect(sayFigure("money", 408.65, us)).toBe("$408.65");
  });

  test("is short where there is no room", () => {
    expect(sayValue("money", 1_015_088, us, "short")).toBe("$1.02M");
    expect(sayValue("accounts", 250_000, us, "short")).toBe("250K");
    expect(sayValue("accounts", 2445, us, "short")).toBe("2,445");
  });
});

describe("a duration is told in the unit that suits its size", () => {
  test.each([
    ["minutes", 312, "5.2 hours"],
    ["minutes", 119, "119 minutes"],
    ["minutes", 120, "2 hours"],
    ["minutes", 0.5, "30 seconds"],
    ["minutes", 10_000, "6.9 days"],
    ["minutes per user", 312, "5.2 hours"],
    ["hours", 52, "52 hours"],
    ["hours", 72, "3 days"],
    ["hours", 0.4, "24 minutes"],
    ["hours", -312, "−13 days"],
    ["days", 400, "400 days"],
    ["days", 0.5, "0.50 days"],
    ["milliseconds", 59_000, "59,000 ms"],
    ["milliseconds", 90_000, "90 seconds"],
    ["milliseconds", 0.2, "0.2 ms"],
    ["hours", 0, "0 hours"],
    ["hourly calls", 312, "312"],
  ])("%s: %d is %s", (unit, value, told) => {
    expect(sayValue(unit, value, us)).toBe(told);
  });

  test("what stands together is in one unit, the largest one's", () => {
    const limits = { expected: 57.2, low: 12.1, high: 130.4 };
    expect(sayExpected("minutes", limits, 593.4, us)).toBe(
      "expected 1.0 hours (normal: 0.2 hours to 2.2 hours)",
    );
    expect(sayExpected("minutes", { ...limits, high: 110 }, null, us)).toBe(
      "expected 57 minutes (normal: 12 minutes to 110 minutes)",
    );
  });

  test("a value beside its limits stays on its side of them in another unit", () => {
    const limits = { expected: 300, low: 200, high: 312 };
    expect(sayExpected("minutes", limits, 312.5, us)).toContain("5.20 hours)");
  });
});

describe("a change", () => {
  test.each([
    ["percent", -0.019, -0.044, "1.9 points"],
    ["percent", 0.01, 0.5, "1.0 point"],
    ["percent", -0.0002, -0.04, "0.02 points"],
    ["percent", 0.00001, 0.1, "<0.01 points"],
    ["percent per week", 0.019, 1, "1.9 points"],
    ["points (-100..100)", -10, -2, "10.0 points"],
    ["money", -5, -0.075, "7.5%"],
    ["milliseconds", 0.1, 0.0001, "<0.1%"],
    ["money", 12, null, "$12.00"],
    ["accounts", 3, null, "3"],
  ])("of %s, %d and as a fraction %d, is %s", (unit, absolute, relative, told) => {
    expect(sayChangeSize(unit, absolute, relative, us)).toBe(told);
  });

  test("of a fraction is never a percentage, and of all else never points", () => {
    const change = fc.tuple(fc.constantFrom(...units), anyNumber, anyNumber, anyVoice);
    fc.assert(
      fc.property(change, ([unit, absolute, relative, voice]) => {
        const told = sayChangeSize(unit, absolute, relative, voice);
        expect(/ points?$/.test(told)).toBe(/^(percent|points|score|index)/.test(unit));
        expect(told).not.toMatch(NONSENSE);
      }),
    );
  });
});

test("any number in any unit and locale is told without nonsense, and nothing as zero that is none", () => {
  const length = fc.constantFrom("full" as const, "short" as const);
  fc.assert(
    fc.property(
      fc.constantFrom(...units),
      anyNumber,
      anyVoice,
      length,
      (unit, value, voice, of) => {
        const told = sayValue(unit, value, voice, of);
        expect(told).not.toMatch(NONSENSE);
        expect(told.length).toBeLessThan(32);
        if (value !== 0 && Number.isFinite(value))
          expect(told).not.toBe(sayValue(unit, 0, voice, of));
        if (value < 1 && unit === "percent") expect(told).not.toBe(sayValue(unit, 1, voice, of));
      },
    ),
    { numRuns: 1000 },
  );
});
