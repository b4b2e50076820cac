/** A line as tokens. Pure and total: every string gives tokens or a fault. */
import { failed, ok, type Result } from "../result.ts";

export interface Token {
  /** `quoted`: some part of it stood in quotation marks, so that it is never a keyword or a list. */
  kind: "word" | "quoted" | "equals" | "comma";
  text: string;
  /** Where it begins and ends in the line, in UTF-16 units. */
  start: number;
  end: number;
}

export type LexFault =
  | { kind: "open_quote"; rest: string }
  | { kind: "long_line"; length: number; most: number };

/** Longer than any question; what is compared with names takes time with its length. */
export const LONGEST_LINE = 2_000;

/** What closes a quotation; telephones and word processors put in typographic ones by themselves. */
const closers: Readonly<Record<string, string>> = {
  '"': '"',
  "“": '”"“',
  "”": '”"“',
  "„": '“”"',
  "«": "»",
};
const singles: Readonly<Record<string, string>> = { "'": "'’", "‘": "’'" };
const marks: Readonly<Record<string, "equals" | "comma">> = {
  "=": "equals",
  "＝": "equals",
  ",": "comma",
  "，": "comma",
};
// A zero-width space separates words as well: pages and chats put it between them.
const space = /[\s\u200b]/;
const boundary = /[\s\u200b,，=＝]/;

/**
 * Quotation marks hold spaces, commas and equals signs together; inside them a doubled mark is the
 * mark itself. An apostrophe quotes only around a whole value, since names hold apostrophes.
 */
export function lexLine(line: string): Result<Token[], LexFault> {
  if (line.length > LONGEST_LINE)
    return failed({ kind: "long_line", length: line.length, most: LONGEST_LINE });
  const tokens: Token[] = [];
  let at = 0;
  while (at < line.length) {
    const character = line.charAt(at);
    const mark = marks[character];
    if (mark !== undefined) tokens.push({ kind: mark, text: character, start: at, end: ++at });
    else if (space.test(character)) at += 1;
    else {
      const read = readWord(line, at);
      if (!read.ok) return read;
      tokens.push(read.value);
      at = read.value.end;
    }
  }
  return ok(tokens);
}

function readWord(line: string, start: number): Result<Token, LexFault> {
  let [text, at]: [string, number] = ["", start];
  let kind: "word" | "quoted" = "word";
  while (at < line.length && !boundary.test(line.charAt(at))) {
    const character = line.charAt(at);
    const quotation = closers[character]
      ? readQuotation(line, at, closers[character])
      : at === start && singles[character]
        ? readSingle(line, at, singles[character])
        : null;
    if (quotation === "open") return failed({ kind: "open_quote", rest: line.slice(at, at + 40) });
    if (quotation === null) {
      text += character;
      at += 1;
    } else {
      kind = "quoted";
      text += quotation.text;
      at = quotation.end;
    }
  }
  return ok({ kind, text, start, end: at });
}

interface Quotation {
  text: string;
  /** Behind the closing mark. */
  end: number;
}

function readQuotation(line: string, start: number, close: string): Quotation | "open" {
  let text = "";
  for (let at = start + 1; at < line.length; at++) {
    const character = line.charAt(at);
    if (!close.includes(character)) text += character;
    else if (line.charAt(at + 1) !== character) return { text, end: at + 1 };
    else text += line.charAt(at++);
  }
  return "open";
}

/** Null where the apostrophe is one: nothing behind it closes a value. */
function readSingle(line: string, start: number, close: string): Quotation | null {
  for (let end = start + 2; end < line.length; end++) {
    const ends = end + 1 === line.length || boundary.test(line.charAt(end + 1));
    if (ends && close.includes(line.charAt(end)))
      return { text: line.slice(start + 1, end), end: end + 1 };
  }
  return null;
}
