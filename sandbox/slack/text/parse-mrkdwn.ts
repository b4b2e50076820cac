/**
 * Slack's mrkdwn as a tree, for the page (which makes DOM nodes of it) and the transcript. Both a
 * server and a browser run this file, so it knows neither.
 */
import { unescapeText } from "./escape.ts";

export type Inline =
  | { kind: "text"; text: string }
  | { kind: "bold" | "italic" | "strike"; content: Inline[] }
  | { kind: "code"; text: string }
  | { kind: "link"; url: string; label: string }
  | {
      kind: "mention";
      target: "user" | "channel" | "usergroup" | "everyone";
      id: string;
      label: string;
    };

export type Paragraph =
  | { kind: "line"; content: Inline[] }
  | { kind: "quote"; content: Inline[] }
  | { kind: "pre"; text: string };

export function parseMrkdwn(source: string): Paragraph[] {
  const paragraphs: Paragraph[] = [];
  for (const [index, part] of source.split("```").entries()) {
    // Every second part stands between fences; an opening fence that nothing closes is plain text.
    if (index % 2 === 1)
      paragraphs.push({ kind: "pre", text: unescapeText(part.replace(/^\n|\n$/g, "")) });
    else paragraphs.push(...parseLines(part));
  }
  return paragraphs;
}

function parseLines(text: string): Paragraph[] {
  if (text.trim() === "") return [];
  return text
    .replace(/^\n|\n$/g, "")
    .split("\n")
    .map((line) => {
      const quote = /^(?:&gt;|>)\s?(.*)$/.exec(line);
      return quote
        ? { kind: "quote", content: parseInline(quote[1] ?? "") }
        : { kind: "line", content: parseInline(line) };
    });
}

const STYLES = { "*": "bold", _: "italic", "~": "strike" } as const;

// An opening mark stands at a word's edge and is not followed by a space; a closing one mirrors it.
const STYLED = /(?<![\p{L}\p{N}*_~])([*_~])(?=\S)(.+?)(?<=\S)\1(?![\p{L}\p{N}*_~])/u;
const CODE = /`([^`]+)`/;
const ANGLE = /<([^<>]+)>/;

/** Finds the first piece that is more than text, and goes on behind it. */
export function parseInline(text: string): Inline[] {
  const first = [match(CODE, text), match(ANGLE, text), match(STYLED, text)]
    .filter((found) => found !== null)
    .sort((a, b) => a.index - b.index)[0];
  if (!first) return text === "" ? [] : [{ kind: "text", text: unescapeText(text) }];
  const before = text.slice(0, first.index);
  const after = text.slice(first.index + first[0].length);
  return [
    ...(before === "" ? [] : [{ kind: "text" as const, text: unescapeText(before) }]),
    pieceOf(first),
    ...parseInline(after),
  ];
}

function match(pattern: RegExp, text: string): RegExpExecArray | null {
  return pattern.exec(text);
}

function pieceOf(found: RegExpExecArray): Inline {
  const [whole, inner = "", styled = ""] = found;
  if (whole.startsWith("`")) return { kind: "code", text: unescapeText(inner) };
  if (whole.startsWith("<")) return parseAngle(inner);
  return { kind: STYLES[inner as keyof typeof STYLES], content: parseInline(styled) };
}

/** What stands between angle brackets: a mention, or an address with or without words. */
function parseAngle(inner: string): Inline {
  const bar = inner.indexOf("|");
  const target = bar < 0 ? inner : inner.slice(0, bar);
  const label = unescapeText(bar < 0 ? "" : inner.slice(bar + 1));
  const id = target.slice(1);
  if (target.startsWith("@")) return { kind: "mention", target: "user", id, label };
  if (target.startsWith("#")) return { kind: "mention", target: "channel", id, label };
  if (target.startsWith("!subteam^")) {
    return { kind: "mention", target: "usergroup", id: target.slice("!subteam^".length), label };
  }
  if (target.startsWith("!")) return { kind: "mention", target: "everyone", id, label };
  const url = unescapeText(target);
  return { kind: "link", url, label: label === "" ? url : label };
}
