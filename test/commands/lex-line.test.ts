import { describe, expect, test } from "vitest";
import { LONGEST_LINE, lexLine } from "../../src/commands/lex-line.ts";
import { tokensOf } from "./asking.ts";

const texts = (line: string): string[] => tokensOf(line).map(({ text }) => text);

describe("a line becomes tokens", () => {
  test.each<[string, string[]]>([
    ['adoption source="big event" x', ["adoption", "source", "=", "big event", "x"]],
    ["source=“big event”", ["source", "=", "big event"]],
    ["source=„big event“", ["source", "=", "big event"]],
    ["source=«big event»", ["source", "=", "big event"]],
    ["source='big event',‘cold call’", ["source", "=", "big event", ",", "cold call"]],
    ['source="a,b=c"', ["source", "=", "a,b=c"]],
    ['source="say ""hi"" twice"', ["source", "=", 'say "hi" twice']],
    ['source=""', ["source", "=", ""]],
    ["segment=O'Neill", ["segment", "=", "O'Neill"]],
    ["'tis O’Neill", ["'tis", "O’Neill"]],
    ["tier = pro ,  free", ["tier", "=", "pro", ",", "free"]],
    [
      "tier＝pro，free",
      ["tier", "=", "pro", ",", "free"].map((text, i) => (i === 1 ? "＝" : i === 3 ? "，" : text)),
    ],
    ["a\u00a0b\u200bc\td\ne", ["a", "b", "c", "d", "e"]],
    ["", []],
  ])("%j", (line, expected) => {
    expect(texts(line)).toEqual(expected);
  });

  test("only what stood in quotation marks is quoted, and knows where it stood", () => {
    const line = 'by "by"';
    expect(tokensOf(line)).toEqual([
      { kind: "word", text: "by", start: 0, end: 2 },
      { kind: "quoted", text: "by", start: 3, end: 7 },
    ]);
  });

  test("a quotation mark that is not closed is shown", () => {
    expect(lexLine('adoption tier="pro')).toEqual({
      ok: false,
      fault: { kind: "open_quote", rest: '"pro' },
    });
  });

  test("a line that is too long is not read", () => {
    expect(lexLine("x".repeat(LONGEST_LINE)).ok).toBe(true);
    expect(lexLine("x".repeat(LONGEST_LINE + 1))).toMatchObject({
      ok: false,
      fault: { kind: "long_line", length: LONGEST_LINE + 1 },
    });
  });
});
