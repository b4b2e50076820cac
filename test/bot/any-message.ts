import fc from "fast-check";
import type { Block, Cell, Message, Span } from "../../src/message.ts";

/** Names that would mention, link, format, reorder or break out, if any of them could. */
export const hostileNames = [
  "<!channel>",
  "<!here|here>",
  "<@U0ANA>",
  "<#C0GTM|gtm>",
  "<https://evil.example|https://bank.example>",
  "@everyone",
  "@here",
  "@channel",
  "<@1200000000000000001>",
  "<@&1100000000000000001>",
  "<t:1700000000:R>",
  "<:party:1100000000000000001>",
  "[bank](https://evil.example)",
  "https://evil.example/a_b_c",
  "discord.gg/evil",
  "*Bold* _it_ ~no~ `code` ||spoiler||",
  "```",
  "`",
  "\\",
  "\\*",
  "**",
  "# heading",
  "- item",
  "1. item",
  "-# small",
  "> quote",
  ">>> quote",
  "&lt;!channel&gt;",
  "&amp;",
  ":tada:",
  "\u202egnp.exe",
  "\u2066x\u2069",
  "\u0000",
  "\ud800",
  "日本語 株式会社",
  "👩‍👩‍👧‍👦",
  "Z̸̢͖̤a̷̡̛l͕g̷͞o",
  "🇬🇧🏳️‍🌈é",
  "a\nb",
  "\r\n",
  "",
];

/** Strings of every kind, the hostile ones often and in all combinations. */
export function anyString(maxLength = 60): fc.Arbitrary<string> {
  const piece = fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...hostileNames) },
    { weight: 1, arbitrary: fc.string({ maxLength: 20 }) },
    { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 20 }) },
  );
  const pieces = fc.array(piece, { maxLength: 6 }).map((parts) => parts.join(""));
  const long = fc.nat({ max: maxLength }).map((times) => "long & <wide> ".repeat(times));
  return fc.oneof({ weight: 6, arbitrary: pieces }, { weight: 1, arbitrary: long });
}

/** A message that holds the string in every field that takes data. */
export function messageOf(text: string): Message {
  return {
    summary: text,
    blocks: [
      { kind: "heading", text },
      { kind: "text", text },
      { kind: "text", text: [text, { kind: "strong", text }, text] },
      { kind: "text", text: [{ kind: "mention", target: "other:X", name: text }] },
      { kind: "text", text: [{ kind: "link", text, url: `javascript:${text}` }] },
      { kind: "code", text },
      { kind: "fields", fields: [{ label: text, value: text }] },
      {
        kind: "table",
        caption: text,
        columns: [
          { label: text, align: "left" },
          { label: text, align: "right" },
        ],
        rows: [[text, text], [text]],
      },
      { kind: "table", caption: text, columns: [{ label: text, align: "left" }], rows: [[text]] },
      {
        kind: "chart",
        title: text,
        unit: text,
        labels: [text, `${text}2`],
        series: [{ name: text, values: [1, 2] }],
      },
      { kind: "context", text },
      {
        kind: "actions",
        actions: [
          { kind: "button", id: text, label: text, value: "adoption" },
          { kind: "menu", id: text, label: text, choices: [{ label: text, value: "adoption" }] },
        ],
      },
    ],
  };
}

const anySpan: fc.Arbitrary<Span> = fc.oneof(
  anyString(),
  anyString().map((text) => ({ kind: "strong" as const, text })),
  anyString().map((text) => ({ kind: "code" as const, text })),
  fc.record({
    kind: fc.constant("link" as const),
    text: anyString(),
    url: fc.oneof(
      fc.webUrl(),
      anyString(),
      fc.constant(`https://example.com/${"x".repeat(4_000)}`),
    ),
  }),
  fc.record({
    kind: fc.constant("mention" as const),
    target: fc.oneof(
      fc.constantFrom("slack:S0GTM", "discord:1100", "slack:U1", "slack:"),
      anyString(),
    ),
    name: anyString(),
  }),
);

const anyText = fc.oneof(anyString(400), fc.array(anySpan, { maxLength: 12 }));

const anyColumn = fc.record({
  label: anyString(),
  align: fc.constantFrom("left" as const, "right" as const),
});

/** A value, a hole, or what a division by nothing leaves. */
const anyFigure = fc.oneof(
  fc.double(),
  fc.constantFrom(null, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, -0),
);

const anyCell: fc.Arbitrary<Cell> = fc.oneof(
  anyString(30),
  fc.record({ text: anyString(30), value: anyFigure }),
);

const anyBlock: fc.Arbitrary<Block> = fc.oneof(
  fc.record({ kind: fc.constant("heading" as const), text: anyString() }),
  fc.record({ kind: fc.constant("text" as const), text: anyText }),
  fc.record({ kind: fc.constant("code" as const), text: anyString(400) }),
  fc.record({
    kind: fc.constant("fields" as const),
    fields: fc.array(fc.record({ label: anyString(), value: anyText }), { maxLength: 30 }),
  }),
  fc.record({
    kind: fc.constant("table" as const),
    caption: anyString(),
    columns: fc.array(anyColumn, { minLength: 1, maxLength: 24 }),
    rows: fc.oneof(
      fc.array(fc.array(anyCell, { maxLength: 24 }), { maxLength: 20 }),
      fc
        .nat({ max: 300 })
        .map((count) => Array.from({ length: count }, (_, i) => [`row ${i}`, "1"])),
    ),
  }),
  fc.constant({ kind: "image" as const }),
  fc.record({
    kind: fc.constant("chart" as const),
    title: anyString(),
    unit: anyString(),
    labels: fc.oneof(
      fc.array(anyString(), { maxLength: 30 }),
      fc.nat({ max: 60 }).map((count) => Array.from({ length: count }, (_, i) => `W${i + 1}`)),
    ),
    series: fc.array(
      fc.record({
        name: fc.oneof(anyString(), fc.constantFrom("value", "expected")),
        values: fc.oneof(
          fc.array(anyFigure, { maxLength: 60 }),
          fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), {
            minLength: 60,
            maxLength: 60,
          }),
        ),
      }),
      { maxLength: 8 },
    ),
  }),
  fc.record({ kind: fc.constant("context" as const), text: anyText }),
  fc.record({
    kind: fc.constant("actions" as const),
    actions: fc.array(
      fc.oneof(
        fc.record({
          kind: fc.constant("button" as const),
          id: anyString(),
          label: anyString(),
          value: anyString(200),
          style: fc.constantFrom("primary" as const, "danger" as const),
        }),
        fc.record({
          kind: fc.constant("menu" as const),
          id: anyString(),
          label: anyString(),
          choices: fc.array(fc.record({ label: anyString(), value: anyString(20) }), {
            maxLength: 120,
          }),
        }),
      ),
      { maxLength: 40 },
    ),
  }),
);

/** Any message at all, far beyond what a platform takes. */
export const anyMessage: fc.Arbitrary<Message> = fc.record({
  summary: anyString(500),
  blocks: fc.oneof(
    fc.array(anyBlock, { maxLength: 8 }),
    fc.array(anyBlock, { minLength: 40, maxLength: 80, size: "max" }),
  ),
});
