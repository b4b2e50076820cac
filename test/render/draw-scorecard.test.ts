import { describe, expect, test } from "vitest";
import { drawScorecard, RenderError } from "../../src/render/index.ts";
import { expectGolden } from "./golden-picture.ts";
import { hardScorecards } from "./hard-scorecards.ts";
import { aRow, aScorecard } from "./scorecard-cards.ts";

describe("a scorecard is drawn as it was", () => {
  for (const theme of ["light", "dark"] as const) {
    test(`an ordinary Monday, ${theme}`, async () => {
      await expectGolden(`scorecard-monday-${theme}`, await drawScorecard(aScorecard({ theme })));
    });
  }
  for (const [name, card] of Object.entries(hardScorecards)) {
    test(`hard: ${name}`, async () => {
      await expectGolden(`scorecard-${name}`, await drawScorecard(card));
    });
  }
});

test("a scorecard is 640 logical pixels wide, twice as many in its picture", async () => {
  const drawing = await drawScorecard(aScorecard());
  expect(drawing.width).toBe(1280);
  expect(drawing.svg).toContain('<svg xmlns="http://www.w3.org/2000/svg" width="640"');
});

test("every verdict has its word and a shape that no other kind of verdict has", async () => {
  const kinds = [
    "signal_up",
    "signal_down",
    "run",
    "continuing",
    "seasonal",
    "routine",
    "untested",
    "late",
    "failed",
  ] as const;
  const shapes = await Promise.all(
    kinds.map(async (kind) => {
      const verdict = { text: "The word", tone: "neutral", kind } as const;
      const { svg } = await drawScorecard(aScorecard({ rows: [aRow({ verdict })] }));
      expect(svg).toContain(">The word</text>");
      return /<path transform="[^"]*" d="([^"]*)"/.exec(svg)?.[1];
    }),
  );
  expect(new Set(shapes).size).toBe(kinds.length);
  expect(shapes).not.toContain(undefined);
});

test("characters that no font has are told, and drawn as a box", async () => {
  const drawing = await drawScorecard(aScorecard({ rows: [aRow({ name: "צוות a" })], footer: "" }));
  expect(drawing.uncovered).toEqual(["צ", "ו", "ת"]);
  expect(drawing.svg).toContain(">□□□□ a</text>");
});

test("a scorecard with more rows than a picture can hold is refused", async () => {
  const rows = Array.from({ length: 301 }, () => aRow());
  const drawing = drawScorecard(aScorecard({ rows }));
  await expect(drawing).rejects.toBeInstanceOf(RenderError);
  await expect(drawing).rejects.toMatchObject({ fault: "bad_card" });
});
