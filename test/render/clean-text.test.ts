import fc from "fast-check";
import { expect, test } from "vitest";
import { cleanText } from "../../src/render/clean-text.ts";

test("control characters, non-characters and bidi controls go, line breaks become spaces", () => {
  expect(cleanText("a\u0000b\u0007c\u000b\ufffe\uffff\u202ed\u2066\n\te\u2028f")).toBe("abcd e f");
});

test("half a surrogate pair becomes the replacement character", () => {
  expect(cleanText("x\ud800y")).toBe("x\ufffdy");
});

test("joined emoji stay whole", () => {
  expect(cleanText("👩‍👩‍👧‍👦 ❤️")).toBe("👩‍👩‍👧‍👦 ❤️");
});

test("no more than four marks stand on a letter", () => {
  expect(cleanText(`e${"\u0301".repeat(50)}x`)).toBe(`e${"\u0301".repeat(4)}x`);
});

test("whatever comes in, what comes out is a line that XML may hold, and stays as it is", () => {
  const forbidden = /[^\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 700 }), (text) => {
      const clean = cleanText(text);
      expect(clean).not.toMatch(forbidden);
      expect(clean.isWellFormed()).toBe(true);
      expect(cleanText(clean)).toBe(clean);
    }),
    { numRuns: 500 },
  );
});
