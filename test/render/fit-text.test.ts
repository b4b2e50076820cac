import fc from "fast-check";
import { expect, test } from "vitest";
import { fitText, shrinkText, wrapText } from "../../src/render/fit-text.ts";
import { textWidth } from "../../src/render/text-width.ts";

test("a text that fits is left alone", () => {
  expect(fitText("Weekly Revenue", 200, 13)).toBe("Weekly Revenue");
});

test("a cut never splits a grapheme", () => {
  const families = "👩‍👩‍👧‍👦".repeat(8);
  const cut = fitText(families, 60, 13);
  expect(cut).toMatch(/^(👩‍👩‍👧‍👦)+…$/u);
});

test("a figure shrinks before it loses its end", () => {
  const figure = "$1,234,567,890";
  const { text, size } = shrinkText(figure, textWidth(figure, 10), { size: 13, smallest: 9 });
  expect([text, size]).toEqual([figure, 10]);
  expect(shrinkText(figure, 20, { size: 13, smallest: 9 }).size).toBe(9);
});

test("lines break at spaces, and within a word only where it is wider than a line", () => {
  expect(wrapText("one two three four", { width: 60, most: 3, size: 13 })).toEqual([
    "one two",
    "three",
    "four",
  ]);
  const lines = wrapText("無".repeat(20), { width: 100, most: 5, size: 10 });
  expect(lines.map((line) => [...line].length)).toEqual([10, 10]);
});

test("what does not fit on the last line ends in an ellipsis", () => {
  const lines = wrapText("word ".repeat(60).trim(), { width: 200, most: 2, size: 13 });
  expect(lines).toHaveLength(2);
  expect(lines[1]).toMatch(/…$/);
});

test("no line is wider than asked, and without an ellipsis nothing is lost", () => {
  const text = fc.array(fc.constantFrom("a", "W", " ", "無", "é", "🚀", "lorem ", "ipsum"), {
    maxLength: 60,
  });
  fc.assert(
    fc.property(text, fc.integer({ min: 30, max: 300 }), (parts, width) => {
      const whole = parts.join("").replace(/ +/g, " ").trim();
      const lines = wrapText(whole, { width, most: 3, size: 13 });
      for (const line of lines) expect(textWidth(line, 13)).toBeLessThanOrEqual(width);
      const bare = (s: string) => s.replaceAll(" ", "");
      if (!lines.at(-1)?.endsWith("…")) expect(bare(lines.join(""))).toBe(bare(whole));
    }),
    { numRuns: 300 },
  );
});
