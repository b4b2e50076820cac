/** The words that mean something by themselves after a metric's name. */
import { fold } from "./fold-text.ts";
import type { Token } from "./lex-line.ts";

const keywords = [
  "by",
  "week",
  "month",
  "quarter",
  "last",
  "this",
  "since",
  "window",
  "vs",
  "cohort",
  "private",
  "public",
] as const;

export type Keyword = (typeof keywords)[number];

/** In quotation marks a keyword is a word like any other. */
export function keywordOf(token: Pick<Token, "kind" | "text"> | undefined): Keyword | null {
  if (token?.kind !== "word") return null;
  const word = fold(token.text);
  if (word === "versus" || word === "vs.") return "vs";
  return keywords.find((keyword) => keyword === word) ?? null;
}

export function isKeyword(token: Token | undefined): boolean {
  return keywordOf(token) !== null;
}
