import { describe, expect, test } from "vitest";
import { drawBacktest, RenderError } from "../../src/render/index.ts";
import { aBacktest } from "./backtest-cards.ts";
import { expectGolden } from "./golden-picture.ts";

const quiet = aBacktest().points.map((point) => ({ ...point, alarm: null }));
const neutral = aBacktest().points.map((point) => ({
  ...point,
  alarm: point.alarm && ({ ...point.alarm, tone: "neutral" } as const),
}));

describe("a backtest is drawn as it was", () => {
  for (const theme of ["light", "dark"] as const) {
    test(`a year with three alarms, ${theme}`, async () => {
      await expectGolden(`backtest-year-${theme}`, await drawBacktest(aBacktest({ theme })));
    });
  }
  test.each([
    [
      "quiet",
      aBacktest({
        points: quiet,
        movements: [],
        value: "0 alarms",
        verdict: { text: "No alarm in the last 52 weeks.", tone: "neutral" },
      }),
    ],
    ["neutral", aBacktest({ points: neutral, movements: [], theme: "dark" })],
    ["one-week", aBacktest({ points: aBacktest().points.slice(36, 37) })],
    ["no-week", aBacktest({ points: [], movements: [] })],
  ] as const)("hard: %s", async (name, card) => {
    await expectGolden(`backtest-${name}`, await drawBacktest(card));
  });
});

describe("a backtest", () => {
  test("names in its legend what it shows and nothing else", async () => {
    const all = (await drawBacktest(aBacktest())).svg;
    for (const label of ["Signal", "Run of 8", "Lasted"]) expect(all).toContain(`>${label}<`);
    const none = (await drawBacktest(aBacktest({ points: quiet, movements: [] }))).svg;
    for (const label of ["Signal", "Run of 8", "Lasted"]) expect(none).not.toContain(`>${label}<`);
  });

  test("cuts a movement that began before its weeks, and leaves out one that ended before them", async () => {
    const points = aBacktest().points.slice(21);
    const cut = await drawBacktest(aBacktest({ points }));
    const [lost, ...rest] = aBacktest().movements;
    const shorter = [
      { ...lost, from: points[0]?.week ?? "", to: lost?.to ?? "", tone: "bad" as const },
      ...rest,
    ];
    expect(cut.svg).toBe((await drawBacktest(aBacktest({ points, movements: shorter }))).svg);
    const later = aBacktest().points.slice(23);
    const without = await drawBacktest(aBacktest({ points: later, movements: rest }));
    expect((await drawBacktest(aBacktest({ points: later }))).svg).toBe(without.svg);
  });

  test("with weeks that are no dates is refused", async () => {
    const points = aBacktest().points.map((point) => ({ ...point, week: "last week" }));
    await expect(drawBacktest(aBacktest({ points }))).rejects.toBeInstanceOf(RenderError);
  });
});
