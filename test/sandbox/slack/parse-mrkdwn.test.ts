import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { escapeText, unescapeText } from "../../../sandbox/slack/text/escape.ts";
import { type Inline, parseInline, parseMrkdwn } from "../../../sandbox/slack/text/parse-mrkdwn.ts";
import { plainMrkdwn } from "../../../sandbox/slack/transcript/plain-mrkdwn.ts";

const nobody = (id: string) => id;
const bold = (text: string): Inline => ({ kind: "bold", content: [{ kind: "text", text }] });

describe("mrkdwn is read as Slack reads it", () => {
  const cases: [string, Inline[]][] = [
    ["*a b*", [bold("a b")]],
    ["a *b*, c", [{ kind: "text", text: "a " }, bold("b"), { kind: "text", text: ", c" }]],
    ["2*3*4", [{ kind: "text", text: "2*3*4" }]],
    ["* a *", [{ kind: "text", text: "* a *" }]],
    ["snake_case_name", [{ kind: "text", text: "snake_case_name" }]],
    ["_it_", [{ kind: "italic", content: [{ kind: "text", text: "it" }] }]],
    ["~gone~", [{ kind: "strike", content: [{ kind: "text", text: "gone" }] }]],
    [
      "*_both_*",
      [{ kind: "bold", content: [{ kind: "italic", content: [{ kind: "text", text: "both" }] }] }],
    ],
    ["`*x* &lt;`", [{ kind: "code", text: "*x* <" }]],
    [
      "<https://a.b/?x=1&amp;y=2|A &amp; B>",
      [{ kind: "link", url: "https://a.b/?x=1&y=2", label: "A & B" }],
    ],
    ["<https://a.b>", [{ kind: "link", url: "https://a.b", label: "https://a.b" }]],
    ["<@U1>", [{ kind: "mention", target: "user", id: "U1", label: "" }]],
    ["<#C1|general>", [{ kind: "mention", target: "channel", id: "C1", label: "general" }]],
    ["<!subteam^S1|@gtm>", [{ kind: "mention", target: "usergroup", id: "S1", label: "@gtm" }]],
    ["<!channel>", [{ kind: "mention", target: "everyone", id: "channel", label: "" }]],
    ["&lt;!channel&gt; &amp;lt;", [{ kind: "text", text: "<!channel> &lt;" }]],
  ];
  test.each(cases)("%s", (source, wanted) => {
    expect(parseInline(source)).toEqual(wanted);
  });

  test("quotes and code blocks are paragraphs of their own", () => {
    expect(parseMrkdwn("a\n&gt; b\n```\n*c*\n```\nd").map((paragraph) => paragraph.kind)).toEqual([
      "line",
      "quote",
      "pre",
      "line",
    ]);
  });
});

describe("whatever text there is", () => {
  test("escaped it comes back as it was, with no mention or link in it", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        expect(unescapeText(escapeText(text))).toBe(text);
        const kinds = JSON.stringify(parseMrkdwn(escapeText(text)));
        expect(kinds).not.toMatch(/"kind":"(mention|link)"/);
      }),
    );
  });

  test("words without marks are shown as they stand", () => {
    const words = fc.string({ unit: fc.constantFrom(..."ab <>&. "), minLength: 1 });
    fc.assert(
      fc.property(words, (text) => {
        const wanted = text.trim() === "" ? "" : text.replace(/^>\s?/, "| ");
        expect(plainMrkdwn(escapeText(text), nobody)).toBe(wanted);
      }),
    );
  });

  test("marks of every kind are read without a throw", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(..."a*_~`<>|@#!&\n ") }), (text) => {
        expect(plainMrkdwn(text, nobody).length).toBeLessThanOrEqual(text.length * 2 + 1);
      }),
    );
  });
});
