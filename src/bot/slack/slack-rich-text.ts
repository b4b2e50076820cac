import type { types } from "@slack/bolt";
import type { Span, Text } from "../../message.ts";
import { assertNever } from "../../result.ts";
import { cutText } from "../cut-text.ts";
import { literalText } from "../literal-text.ts";
import { slackLimits } from "./limits.ts";
import { type SlackBlock, sayLeftOut, smallPrint } from "./slack-block.ts";

// Rich text is a tree and not a markup language: its strings are shown as they are, so a name such
// as "*Bold* <!channel>" needs no escaping and cannot format, link or mention.

/** Null when there is nothing to show. Text beyond the limit is cut and ends in an ellipsis. */
export function richText(text: Text): types.RichTextBlock | null {
  const elements = textElements(typeof text === "string" ? [text] : text);
  return elements.length === 0 ? null : block(elements);
}

/** A line a field, its label bold; fields that find no room are left out from the end, and said to be. */
export function richFields(fields: readonly { label: string; value: Text }[]): SlackBlock[] {
  const spans: Span[] = [];
  let shown = 0;
  let room: number = slackLimits.richText;
  for (const [index, { label, value }] of fields.entries()) {
    const line: Span[] = [
      { kind: "strong", text: `${index === 0 ? "" : "\n"}${label}` },
      "  ",
      ...(typeof value === "string" ? [value] : value),
    ];
    room -= line.reduce((sum, span) => sum + costOf(span), 0);
    if (room < 0 && index > 0) break;
    spans.push(...line);
    shown += 1;
  }
  const block = richText(spans);
  if (block === null) return [];
  return [block, ...smallPrint(sayLeftOut([fields.length - shown, "field"]))];
}

/** Lines as they are; those that find no room are left out from the end, and said to be. */
export function richCode(text: string): SlackBlock[] {
  const lines = literalText(text).trimEnd().split("\n");
  if (lines.join("").trim() === "") return [];
  // The first line is cut rather than left out: a block of nothing would say nothing.
  const shown = [cutText(lines[0] ?? "", slackLimits.richText)];
  let room = slackLimits.richText - (shown[0]?.length ?? 0);
  for (const line of lines.slice(1)) {
    room -= line.length + 1;
    if (room < 0) break;
    shown.push(line);
  }
  return [preformatted(shown), ...smallPrint(sayLeftOut([lines.length - shown.length, "line"]))];
}

/** Lines in a fixed-width font. */
export function preformatted(lines: readonly string[]): types.RichTextBlock {
  const text = lines.join("\n") || "\u00a0";
  return {
    type: "rich_text",
    elements: [{ type: "rich_text_preformatted", elements: [{ type: "text", text }] }],
  };
}

function block(elements: types.RichTextElement[]): types.RichTextBlock {
  return { type: "rich_text", elements: [{ type: "rich_text_section", elements }] };
}

function textElements(spans: readonly Span[]): types.RichTextElement[] {
  const elements: types.RichTextElement[] = [];
  let room: number = slackLimits.richText;
  for (const span of spans) {
    const whole = literalText(shown(span));
    if (whole === "") continue;
    if (room < 1) return [...elements, { type: "text", text: "…" }];
    const text = cutText(whole, room);
    elements.push(element(span, text));
    room -= text.length + overhead(span);
  }
  return elements;
}

function costOf(span: Span): number {
  return shown(span).length + overhead(span);
}

/** What an element weighs beyond its text, so that a thousand tiny ones are not taken for a short text. */
function overhead(span: Span): number {
  const address = typeof span !== "string" && span.kind === "link" ? span.url.length : 0;
  return elementWeight + Math.min(address, slackLimits.linkUrl);
}

const elementWeight = 50;

function element(span: Span, text: string): types.RichTextElement {
  if (typeof span === "string") return { type: "text", text };
  switch (span.kind) {
    case "strong":
      return { type: "text", text, style: { bold: true } };
    case "code":
      return { type: "text", text, style: { code: true } };
    case "link":
      return isWebAddress(span.url)
        ? { type: "link", url: span.url, text }
        : { type: "text", text };
    case "mention":
      return mention(span.target) ?? { type: "text", text };
    default:
      return assertNever(span);
  }
}

function shown(span: Span): string {
  if (typeof span === "string") return span;
  return span.kind === "mention" ? span.name : span.text;
}

/** Groups (S), people (U, W) and channels (C, G) of Slack; anything else is shown by its name. */
function mention(target: string): types.RichTextElement | null {
  const id = /^slack:([A-Z][A-Z0-9]+)$/.exec(target)?.[1];
  if (id === undefined) return null;
  if (id.startsWith("S")) return { type: "usergroup", usergroup_id: id };
  if (/^[UW]/.test(id)) return { type: "user", user_id: id };
  return /^[CG]/.test(id) ? { type: "channel", channel_id: id } : null;
}

function isWebAddress(url: string): boolean {
  return url.length <= slackLimits.linkUrl && /^https?:\/\//i.test(url) && URL.canParse(url);
}
