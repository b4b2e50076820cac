import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cutText } from "../../src/bot/cut-text.ts";
import { inboxBody, type Kept, keptFrom } from "../../src/bot/inbox-body.ts";
import { literalText } from "../../src/bot/literal-text.ts";
import { displayWidth, textColumns } from "../../src/bot/text-columns.ts";
import { anyString } from "./any-message.ts";

describe("literal text", () => {
  test("keeps letters of every script and loses only what reorders or hides", () => {
    expect(literalText("שלום 日本 é 👩‍👩‍👧‍👦\n\tx")).toBe("שלום 日本 é 👩‍👩‍👧‍👦\n\tx");
    expect(literalText("a\u202eb\u2066c\u0000d\r\ne")).toBe("abcd\ne");
    expect(literalText("\ud800")).toBe("\ufffd");
  });

  test("calls nobody", () => {
    expect(literalText("@everyone @Here @channels ana@here.com")).toBe(
      "@\u200beveryone @\u200bHere @\u200bchannels ana@\u200bhere.com",
    );
  });

  test("is the same when made literal twice", () => {
    fc.assert(
      fc.property(anyString(), (text) => {
        expect(literalText(literalText(text))).toBe(literalText(text));
      }),
      { numRuns: 2_000 },
    );
  });
});

describe("cut text", () => {
  test("is no longer than the limit and cuts no character in two", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.nat({ max: 30 }), (text, limit) => {
        const cut = cutText(text, limit);
        expect(cut.length).toBeLessThanOrEqual(Math.max(limit, 0));
        expect(cut.isWellFormed()).toBe(true);
        if (text.length <= limit) expect(cut).toBe(text);
        else if (limit > 0) expect(cut.endsWith("…")).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });
});

test("a cut goes between emoji and accented letters, not through them", () => {
  expect(cutText("ab👩‍👩‍👧‍👦cd", 8)).toBe("ab…");
  expect(cutText("cafe\u0301 x", 5)).toBe("caf…");
  expect(cutText("👩‍👩‍👧‍👦", 4)).toBe("👩\u200d…");
});

describe("text columns", () => {
  test("line up in a fixed-width font, wide letters included", () => {
    const lines = textColumns(
      [
        { label: "region", align: "left" },
        { label: "value", align: "right" },
      ],
      [
        ["日本", "1"],
        ["Perú", "22.5 %"],
      ],
      20,
    );
    expect(lines).toEqual(["region   value", "日本         1", "Perú    22.5 %"]);
    expect(new Set(lines.map(displayWidth)).size).toBe(1);
  });

  test("cut a long cell and keep a row on one line", () => {
    const [, row] = textColumns([{ label: "a", align: "left" }], [["one\ntwo three"]], 8);
    expect(row).toBe("one two…");
  });
});

const anId = fc.string({ minLength: 1 });
const aPlace = fc.record({ platform: fc.constant("slack"), channel: anId });
const aPerson = fc.record({ platform: fc.constant("slack"), user: anId });
const aDoing = {
  id: anId,
  asker: aPerson,
  place: aPlace,
  direct: fc.boolean(),
  external: fc.boolean(),
};
const aDestination = fc.oneof(
  aPlace,
  fc.record({ platform: fc.constant("slack"), channel: anId, thread: anId }),
);
const anInstant = fc
  .integer({ min: 0, max: 4e12 })
  .map((ms) => Temporal.Instant.fromEpochMilliseconds(ms));

test("what the inbox keeps comes out as it went in", () => {
  const reply = fc.record({
    id: anId,
    head: fc.record({ platform: fc.constant("slack"), channel: anId, id: anId }),
    text: fc.string(),
    author: aPerson,
    at: anInstant,
    fromBot: fc.boolean(),
  });
  const kept: fc.Arbitrary<Kept> = fc.oneof(
    fc.record({ kind: fc.constant("thread_reply" as const), reply }),
    fc.record({
      kind: fc.constant("question" as const),
      request: fc.record({ ...aDoing, text: fc.string() }),
      to: aDestination,
    }),
    fc.record({
      kind: fc.constant("click" as const),
      click: fc.record({ ...aDoing, action: fc.string(), value: fc.string() }),
      to: aDestination,
    }),
  );
  const plain = (one: unknown): unknown => JSON.parse(JSON.stringify(one));
  fc.assert(
    fc.property(kept, (one) => {
      const read = keptFrom(plain(inboxBody(one)));
      expect(plain(read)).toEqual(plain(one));
      if (read?.kind === "thread_reply" && one.kind === "thread_reply")
        expect(read.reply.at.equals(one.reply.at)).toBe(true);
    }),
  );
  expect(keptFrom({ kind: "something else" })).toBeNull();
});
