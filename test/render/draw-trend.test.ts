import { describe, expect, test } from "vitest";
import { drawTrend, RenderError } from "../../src/render/index.ts";
import { expectGolden } from "./golden-picture.ts";
import { hardTrends } from "./hard-trends.ts";
import { aSignal, aTrend, point } from "./trend-cards.ts";

describe("a trend is drawn as it was", () => {
  for (const theme of ["light", "dark"] as const) {
    test(`a routine week, ${theme}`, async () => {
      await expectGolden(`trend-routine-${theme}`, await drawTrend(aTrend({ theme })));
    });
    test(`a signal, ${theme}`, async () => {
      await expectGolden(`trend-signal-${theme}`, await drawTrend(aSignal({ theme })));
    });
  }
  for (const [name, card] of Object.entries(hardTrends)) {
    test(`hard: ${name}`, async () => expectGolden(`trend-${name}`, await drawTrend(card)));
  }
});

describe("a trend", () => {
  test("is 600 logical pixels wide, twice as many in its picture", async () => {
    const drawing = await drawTrend(aTrend());
    expect(drawing.width).toBe(1200);
    expect(drawing.svg).toContain('<svg xmlns="http://www.w3.org/2000/svg" width="600"');
  });

  test("is the same whatever was drawn before it, and at the same time", async () => {
    const before = await drawTrend(aTrend());
    const [, , after] = await Promise.all([
      drawTrend(aSignal()),
      drawTrend(aTrend({ theme: "dark" })),
      drawTrend(aTrend()),
    ]);
    expect(after?.svg).toBe(before.svg);
    expect(Buffer.from(after?.png ?? []).equals(before.png)).toBe(true);
  });

  test("leaves Sets as they are, so that other libraries can be loaded after it", async () => {
    await drawTrend(aTrend());
    expect("toJSON" in Set.prototype).toBe(false);
    expect(await import("discord.js")).toHaveProperty("Client");
  });

  test("names the target and the newest value at the end of their lines", async () => {
    const { svg } = await drawTrend(aTrend());
    expect(svg).toMatch(/font-size="14px" font-weight="600"[^>]*>41\.2%<\/text>/);
    expect(svg).toContain(">Target 45%</text>");
  });

  test("draws what is not finite as a missing week", async () => {
    const odd = [Number.NaN, Infinity, -Infinity, null].map((value, i) => point(3 * i + 1, value));
    const fine = [0.4, 0.5, 0.45, 0.48, 0.47].map((value, i) => point(3 * i, value));
    const points = [...odd, ...fine].toSorted((a, b) => a.week.localeCompare(b.week));
    const missing = points.map((p) => ({ ...p, value: Number.isFinite(p.value) ? p.value : null }));
    expect((await drawTrend(aTrend({ points }))).svg).toBe(
      (await drawTrend(aTrend({ points: missing }))).svg,
    );
  });

  test("that fails takes nothing from those after it", async () => {
    const bad = Array.from({ length: 20 }, () =>
      drawTrend(aTrend({ points: [point(1, 1), point(0, 1)] })),
    );
    const settled = await Promise.allSettled(bad);
    expect(settled.every(({ status }) => status === "rejected")).toBe(true);
    expect((await drawTrend(aTrend())).width).toBe(1200);
  });

  test.each([
    ["weeks that are no dates", { points: [{ ...point(0, 1), week: "last week" }] }],
    ["weeks out of order", { points: [point(1, 1), point(0, 1)] }],
    ["more than twenty years", { points: Array.from({ length: 1_041 }, (_, i) => point(i, 1)) }],
    [
      "an axis that cannot be worded",
      {
        axis: () => {
          throw new Error("no");
        },
      },
    ],
  ])("with %s is refused", async (_, more) => {
    const drawing = drawTrend(aTrend(more));
    await expect(drawing).rejects.toBeInstanceOf(RenderError);
    await expect(drawing).rejects.toMatchObject({ fault: "bad_card" });
  });
});
