import fc from "fast-check";
import { expect, test } from "vitest";
import { fillPages, type Piece } from "../../../src/bot/discord/discord-pages.ts";

const anyPiece: fc.Arbitrary<Piece> = fc
  .record({
    caption: fc.array(fc.stringMatching(/^c[a-z]{0,20}$/), { maxLength: 1 }),
    lines: fc.array(fc.stringMatching(/^l[a-z]{0,60}$/), { minLength: 1, maxLength: 40 }),
    fenced: fc.boolean(),
    header: fc.boolean(),
  })
  .map((piece) => ({
    ...piece,
    header: piece.fenced && piece.header,
    line: piece.fenced && piece.header ? "row" : "line",
  }));

test("every line is on a page or counted as left out, and no page is overfull", () => {
  fc.assert(
    fc.property(
      fc.array(anyPiece, { maxLength: 10 }),
      fc.integer({ min: 60, max: 900 }),
      (pieces, limit) => {
        const { pages, leftOut } = fillPages(pieces, [limit, limit * 2]);
        expect(pages[0]?.length).toBeLessThanOrEqual(limit);
        expect(pages[1]?.length).toBeLessThanOrEqual(limit * 2);
        const put = pages
          .flatMap((page) => page.split("\n"))
          .filter((line) => line.startsWith("l")).length;
        const said = leftOut.rows + leftOut.lines;
        const all = pieces.reduce((sum, { lines }) => sum + lines.length, 0);
        // A header may stand on both pages, and on none when its table was left out as a whole.
        const tables = pieces.filter(({ header }) => header).length;
        expect(Math.abs(put + said - all)).toBeLessThanOrEqual(tables);
      },
    ),
    { numRuns: 500 },
  );
});
