import { describe, expect, test } from "vitest";
import { barsOfBreakdown } from "../../src/wording/bars-of-breakdown.ts";
import { pictureOfAnswer } from "../../src/wording/index.ts";
import { aCount, anAnswer, english } from "./an-answer.ts";

const segment = (name: string, value: number | null, n: number, lowN = false) => ({
  segment: name,
  value,
  num: null,
  den: null,
  n,
  lowN,
});
const tiers = [
  segment("pro", 0.5, 80),
  segment("free", null, 0, true),
  segment("(none)", 1, 3, true),
];
const byTier = anAnswer({ breakdown: { dimension: "tier", segments: tiers } });

describe("the bars of a breakdown", () => {
  test("stand in the order of the text, and say what is thin", () => {
    expect(barsOfBreakdown(byTier, english)).toEqual({
      title: "By tier, sign-ups of 2026-W33",
      rows: [
        { label: "pro", value: 0.5, text: "50.0%", thin: false, note: "" },
        { label: "free", value: null, text: "n/a", thin: true, note: "thin sample (0)" },
        { label: "(none)", value: 1, text: "100.0%", thin: true, note: "thin sample (3)" },
      ],
      more: "",
    });
  });

  test("are at most eight, and say how many are left out", () => {
    const segments = Array.from({ length: 11 }, (_, i) => segment(`c${i}`, 100 - i, 100));
    const breakdown = { dimension: "campaign", segments };
    const bars = barsOfBreakdown(aCount(1000, { breakdown, windowWeeks: 4 }), english);
    expect(bars?.rows.map(({ label }) => label)).toEqual(
      segments.slice(0, 8).map((s) => s.segment),
    );
    expect(bars).toMatchObject({
      title: "By campaign, 4 weeks to 2026-W46",
      more: "and 3 more, in the text",
    });
  });

  test("are none where the text tells no segments", () => {
    const figures = { value: null, num: 0, den: 0, n: 0 };
    expect(barsOfBreakdown({ ...byTier, figures }, english)).toBeNull();
    expect(barsOfBreakdown(anAnswer(), english)).toBeNull();
  });
});

describe("the picture of an answer", () => {
  test("by a dimension is taller than the trend alone, and names the segments to who cannot see it", async () => {
    const plain = await pictureOfAnswer(anAnswer(), english, "light");
    const drawn = await pictureOfAnswer(byTier, english, "light");
    expect(drawn?.height).toBeGreaterThan((plain?.height ?? 0) + 3 * 24);
    expect(drawn?.alt).toContain("By tier: pro 50.0%, free n/a (thin sample), (none) 100.0%");
  });

  test("of a week without data says so, and which value was the last", async () => {
    const none = { value: null, num: 0, den: 0, n: 0 };
    const week = "2026-11-16";
    const empty = { week, ...none, status: "no_data", band: null, signal: false } as const;
    const series = [...anAnswer().series, empty];
    const answer = anAnswer({ week, status: "no_data", figures: none, series });
    const picture = await pictureOfAnswer(answer, english, "light");
    expect(picture?.alt).toBe(
      "Line chart. Adoption Rate (13-week): no data for 2026-W47. There was nothing to count in this week. The last value is 41.2%, of 2026-W46.",
    );
  });
});
