import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Verdict, VerdictWord } from "../../src/metrics/index.ts";
import { wrapText } from "../../src/render/fit-text.ts";
import { changeTone, sayVerdict, toneOf, verdictWord } from "../../src/wording/say-verdict.ts";
import { aCount, anAnswer, english, routine, untested } from "./an-answer.ts";
import { anyAnswer, anyVoice, NONSENSE } from "./any-answer.ts";

const low = { value: 0.171, num: 18, den: 105, n: 105 };
const signal: Verdict = {
  ...routine,
  word: "signal",
  expected: 0.4851,
  low: 0.3004,
  high: 0.6721,
  since: "2026-11-09",
  direction: -1,
};
const open = { ...routine, since: "2026-09-28" };

describe("a verdict is told with what was expected and its limits", () => {
  test.each([
    [
      "a signal that is worse",
      anAnswer({ verdict: signal, figures: low }),
      "Signal: unusually low (worse). Expected 48.5% (normal: 30.0% to 67.2%).",
      "signal down",
      "bad",
    ],
    [
      "a signal that is better though it is low",
      anAnswer({ verdict: signal, figures: low, direction: "down" }),
      "Signal: unusually low (better). Expected 48.5% (normal: 30.0% to 67.2%).",
      "signal down",
      "good",
    ],
    [
      "a signal that is neither",
      anAnswer({ verdict: signal, figures: low, direction: "neutral" }),
      "Signal: unusually low. Expected 48.5% (normal: 30.0% to 67.2%).",
      "signal down",
      "neutral",
    ],
    [
      "a signal inside its limits",
      anAnswer({
        verdict: { ...signal, direction: 1, high: 0.9 },
        figures: { ...low, value: 0.8 },
      }),
      "Signal: unusually high two weeks in a row (better). Expected 48.5% (normal: 30.0% to 90.0%).",
      "signal up",
      "good",
    ],
    [
      "what continues",
      anAnswer({ verdict: { ...open, word: "continuing", direction: -1 } }),
      "Continuing: still below the level before 2026-W40 (worse). Expected 42.6% (normal: 31.1% to 54.7%).",
      "still down",
      "bad",
    ],
    [
      "what continues in a week without a test",
      anAnswer({ verdict: { ...untested, word: "continuing", since: "2026-09-28", direction: 1 } }),
      "Continuing: still above the level before 2026-W40 (better).",
      "still up",
      "good",
    ],
    [
      "a run",
      anAnswer({ verdict: { ...open, word: "run", direction: 1 } }),
      "Run: above the earlier trend for eight weeks, since 2026-W40 (better). Expected 42.6% (normal: 31.1% to 54.7%).",
      "run up",
      "good",
    ],
    [
      "a season",
      anAnswer({ verdict: { ...routine, word: "seasonal" } }),
      "Seasonal: unusual, but much the same at this time in both years before. Expected 42.6% (normal: 31.1% to 54.7%).",
      "seasonal",
      "neutral",
    ],
    [
      "a routine week",
      anAnswer(),
      "Routine: within normal variation. Expected 42.6% (normal: 31.1% to 54.7%).",
      "routine",
      "neutral",
    ],
    [
      "too few weeks",
      anAnswer({ verdict: { ...untested, word: "too_few_weeks" } }),
      "Too few weeks yet to say what is normal.",
      "too few weeks",
      "neutral",
    ],
    [
      "a thin week",
      anAnswer({ verdict: untested, figures: { ...low, n: 5 } }),
      "Not tested: the sample is too thin.",
      "not tested",
      "neutral",
    ],
    [
      "an open week",
      anAnswer({ verdict: untested, status: "open" }),
      "Not tested: the week is not over.",
      "not tested",
      "neutral",
    ],
    [
      "no value",
      anAnswer({ verdict: untested, figures: { value: null, num: 0, den: 0, n: 0 } }),
      "Not tested: there is no value.",
      "not tested",
      "neutral",
    ],
    [
      "a running total",
      anAnswer({ verdict: untested, nMin: 0, from: "2026-01-01" }),
      "Not tested: this is a running total.",
      "not tested",
      "neutral",
    ],
    [
      "weeks together of which each is thin",
      anAnswer({ verdict: untested, windowWeeks: 13 }),
      "Not tested: the samples of the single weeks are too thin.",
      "not tested",
      "neutral",
    ],
    [
      "what has no stored verdict yet, though it has a sample to be thin",
      anAnswer({ verdict: untested, flags: ["unjudged"] }),
      "Not tested: a refresh is due.",
      "not tested",
      "neutral",
    ],
    [
      "what is never tested, though it has a sample to be thin",
      anAnswer({ verdict: { ...untested, test: null } }),
      "Not tested: the definition of this metric asks for no test.",
      "not tested",
      "neutral",
    ],
  ] as const)("%s", (_, answer, sentence, word, tone) => {
    expect(sayVerdict(answer, english)).toBe(sentence);
    expect(verdictWord(answer)).toBe(word);
    expect(toneOf(answer)).toBe(tone);
  });
});

describe("a verdict of other weeks than the value's says so", () => {
  test.each([
    [13, 1, "Tested on the week alone, not on the 13 weeks together: 5.0%, expected 42.6%"],
    [1, 4, "Tested on 4 weeks together, not on the week alone: 5.0%, expected 42.6%"],
    [13, 4, "Tested on 4 weeks together, not on the 13 weeks together: 5.0%, expected 42.6%"],
    [13, 13, "Routine: within normal variation. Expected"],
  ])("of a value of %d weeks, tested on %d", (windowWeeks, pooledWeeks, said) => {
    const told = sayVerdict(
      anAnswer({ windowWeeks, verdict: { ...routine, value: 0.05, pooledWeeks } }),
      english,
    );
    expect(told).toContain(said);
  });

  test("and the value that lies inside its limits is not the one that was judged", () => {
    const verdict = { ...signal, value: 0.171, direction: null };
    const told = sayVerdict(anAnswer({ windowWeeks: 13, verdict }), english);
    expect(told).toBe(
      "Signal: unusually low (worse). Tested on the week alone, not on the 13 weeks together: 17.1%, expected 48.5% (normal: 30.0% to 67.2%).",
    );
  });
});

describe("the limits have the decimals that they need", () => {
  test.each([
    [99, "Expected 99 (normal: 76 to 130)."],
    // Rounded to 76, a value beneath the limit would seem to lie on it.
    [76, "Expected 99.40 (normal: 76.02 to 129.90)."],
  ])("beside a count of %d", (value, said) => {
    expect(sayVerdict(aCount(value), english)).toContain(said);
  });

  test("beside a small share", () => {
    const verdict = { ...routine, expected: 0.00408, low: 0.00331, high: 0.00523 };
    const figures = { ...low, value: 0.0039 };
    expect(sayVerdict(anAnswer({ verdict, figures }), english)).toContain(
      "Expected 0.41% (normal: 0.33% to 0.52%).",
    );
  });
});

describe("a verdict fits the two lines that a card has for it", () => {
  const room = { width: 518, most: 9, size: 13, weight: 600 } as const;
  const millions = { expected: 8_888_888, low: 8_000_888, high: 9_888_888 };
  test.each(["signal", "continuing", "run", "seasonal", "routine"] as const)("%s", (word) => {
    const verdict = { ...open, ...millions, word, direction: -1 } as const;
    for (const windowWeeks of [1, 13]) {
      const answer = anAnswer({ unit: "money", windowWeeks, verdict });
      const lines = wrapText(sayVerdict(answer, english, "short"), room);
      expect(lines.length).toBeLessThanOrEqual(2);
    }
  });
});

test("nothing is called significant, and a routine week neither better nor worse", () => {
  fc.assert(
    fc.property(anyAnswer, anyVoice, (answer, voice) => {
      const told = sayVerdict(answer, voice);
      expect(told).not.toMatch(/significan/i);
      expect(told).not.toMatch(NONSENSE);
      expect(told).toMatch(/\.$/);
      const quiet: VerdictWord[] = ["routine", "seasonal", "too_few_weeks", "not_tested"];
      if (quiet.includes(answer.verdict.word)) {
        expect(told).not.toMatch(/better|worse/);
        expect(toneOf(answer)).toBe("neutral");
      }
    }),
  );
});

test("a fall in a week that is still above its old level is not coloured as a good one", () => {
  const verdict = { ...open, word: "continuing", direction: 1 } as const;
  expect([toneOf(anAnswer({ verdict })), changeTone(anAnswer({ verdict }))]).toEqual([
    "good",
    "bad",
  ]);
  expect(changeTone(anAnswer())).toBe("neutral");
});

test("a value that was judged as it is shown is not told twice, whatever the width", () => {
  const verdict = { ...routine, value: 0.412, pooledWeeks: 1 };
  expect(sayVerdict(anAnswer({ windowWeeks: 13, verdict }), english)).not.toContain("Tested on");
});
