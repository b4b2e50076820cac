import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type Drawing,
  drawScorecard,
  drawTrend,
  RenderError,
  type ScorecardCard,
  type TrendCard,
} from "../../src/render/index.ts";
import { week } from "./trend-cards.ts";

const numRuns = 80;
const active = fc.constantFrom(
  '"><image href="http://127.0.0.1/x.png"/>',
  "</text><script>fetch('http://127.0.0.1')</script>",
  "url(file:///etc/passwd)",
  '<a xlink:href="javascript:alert(1)">',
  "]]><!ENTITY x SYSTEM 'file:///etc/passwd'>&x;",
  "data:image/svg+xml;base64,AAAA",
);
const text = fc.oneof(
  fc.string({ unit: "binary", maxLength: 80 }),
  fc.string({ unit: "grapheme" }),
  active,
);
const number = fc.oneof(
  fc.double(),
  fc.constantFrom(Number.NaN, Infinity, -Infinity, 0, -0, 1e12, 5e-324, -1.7e308),
);
const maybe = fc.option(number);
const tone = fc.constantFrom("good", "bad", "neutral");
const theme = fc.constantFrom("light", "dark");
const toned = fc.record({ text, tone });

const point = fc.record({
  value: maybe,
  open: fc.boolean(),
  marked: fc.constantFrom(null, "good", "bad", "neutral"),
  band: fc.option(fc.record({ expected: number, low: number, high: number })),
});
const weeks = fc.oneof(
  { weight: 9, arbitrary: fc.constant(week) },
  { weight: 1, arbitrary: fc.func(text) },
);

const trend: fc.Arbitrary<TrendCard> = fc.record({
  title: text,
  subtitle: text,
  value: text,
  pill: toned,
  verdict: toned,
  footer: text,
  points: fc
    .tuple(fc.array(point, { maxLength: 40 }), weeks)
    .map(([points, weekOf]) =>
      points.map((p, i) => ({ ...p, week: String(weekOf(i)) })),
    ) as fc.Arbitrary<TrendCard["points"]>,
  target: maybe,
  axis: fc.oneof(fc.constant(String), fc.func(text)) as fc.Arbitrary<TrendCard["axis"]>,
  segments: fc.option(
    fc.record({
      title: text,
      rows: fc.array(
        fc.record({ label: text, value: maybe, text, thin: fc.boolean(), note: text }),
        { maxLength: 12 },
      ),
      more: text,
    }),
  ),
  theme,
}) as fc.Arbitrary<TrendCard>;

const scorecard = fc.record({
  title: text,
  subtitle: text,
  rows: fc.array(
    fc.record({
      name: text,
      owner: text,
      value: text,
      change: fc.record({ text, grade: text, tone }),
      verdict: fc.record({
        text,
        tone,
        kind: fc.constantFrom(
          "signal_up",
          "signal_down",
          "run",
          "continuing",
          "seasonal",
          "routine",
          "untested",
          "late",
          "failed",
        ),
      }),
      target: fc.option(
        fc.record({
          level: text,
          state: text,
          kind: fc.constantFrom("reached", "near", "missed", "unknown"),
        }),
      ),
      series: fc.array(maybe, { maxLength: 20 }),
    }),
    { maxLength: 6 },
  ),
  footer: text,
  theme,
}) as fc.Arbitrary<ScorecardCard>;

const allowedTags = new Set(["svg", "g", "rect", "path", "text", "line", "polyline", "circle"]);

/** Nothing in the SVG loads, links, runs or declares anything: names are text and nothing more. */
function expectInert(svg: string): void {
  const xmlns = ' xmlns="http://www.w3.org/2000/svg"';
  for (const [tag, name = ""] of svg.replace(xmlns, "").matchAll(/<\/?([^\s/>]*)[^>]*>/g)) {
    expect(allowedTags).toContain(name);
    expect(tag).not.toMatch(/href|url\(|:\/\/|javascript|data:|\son\w+=/i);
  }
}

/** True when it was drawn, false when it was refused in the one way that it may be. */
async function drawnOrRefused(drawing: Promise<Drawing>): Promise<boolean> {
  try {
    const { png, svg, width, height } = await drawing;
    expect([...png.subarray(0, 4)]).toEqual([0x89, 0x50, 0x4e, 0x47]);
    expect(width * height).toBeGreaterThan(0);
    expectInert(svg);
    return true;
  } catch (error) {
    if (!(error instanceof RenderError)) throw error;
    expect(error.fault, String(error.cause)).toBe("bad_card");
    return false;
  }
}

describe("whatever is on a card, it is drawn or refused", () => {
  test("trends", async () => {
    let drawn = 0;
    await fc.assert(
      fc.asyncProperty(trend, async (card) => {
        if (await drawnOrRefused(drawTrend(card))) drawn++;
      }),
      { numRuns },
    );
    expect(drawn).toBeGreaterThan(numRuns / 2);
  }, 60_000);

  test("scorecards, of which none is refused", async () => {
    await fc.assert(
      fc.asyncProperty(scorecard, async (card) => {
        expect(await drawnOrRefused(drawScorecard(card))).toBe(true);
      }),
      { numRuns },
    );
  }, 60_000);
});
