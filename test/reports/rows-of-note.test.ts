import fc from "fast-check";
import { expect, test } from "vitest";
import type { ScorecardEntry } from "../../src/metrics/index.ts";
import { rowsOfNote } from "../../src/reports/rows-of-note.ts";
import { anAnswer } from "../wording/an-answer.ts";

type Word = "signal" | "continuing" | "routine";

function aRow(word: Word, i: number): ScorecardEntry {
  const answer = anAnswer({ verdict: { ...anAnswer({}).verdict, word } });
  const [metric, name] = [`m${i}`, `M ${i}`];
  return { kind: "answered", metric, name, owners: ["GTM"], sensitive: false, answer };
}

const rowsInOrder = fc
  .tuple(fc.nat(20), fc.nat(20), fc.nat(60))
  .map(([signals, continuing, routine]) => [
    ...Array.from({ length: signals }, (_, i) => aRow("signal", i)),
    ...Array.from({ length: continuing }, (_, i) => aRow("continuing", signals + i)),
    ...Array.from({ length: routine }, (_, i) => aRow("routine", signals + continuing + i)),
  ]);

const isNews = (row: ScorecardEntry): boolean =>
  row.kind === "answered" && row.answer.verdict.word !== "routine";

test("a team's post tells every row with news, a dozen rows otherwise, and counts the others", () => {
  fc.assert(
    fc.property(rowsInOrder, (rows) => {
      const { shown, others } = rowsOfNote(rows);
      expect([...shown, ...others]).toEqual(rows);
      expect(others.filter(isNews)).toEqual([]);
      expect(shown.length).toBe(Math.min(rows.length, Math.max(12, rows.filter(isNews).length)));
    }),
  );
});

test("a row that a restatement makes news of is told wherever it stands", () => {
  const rows = [...Array.from({ length: 30 }, (_, i) => aRow("routine", i)), aRow("signal", 30)];
  const { shown, others } = rowsOfNote(rows);
  expect(shown.map(({ metric }) => metric)).toContain("m30");
  expect([shown.length, others.length]).toEqual([12, 19]);
});
