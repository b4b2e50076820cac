import type { Audience } from "../message.ts";
import { keywordOf } from "./keywords.ts";
import type { Token } from "./lex-line.ts";

/** `private` or `public` at the end of a command's line, and the tokens before it. */
export function readLastWords(tokens: readonly Token[]): {
  tokens: readonly Token[];
  audience: Audience | null;
} {
  const keyword = keywordOf(tokens.at(-1));
  if (keyword !== "private" && keyword !== "public") return { tokens, audience: null };
  return { tokens: tokens.slice(0, -1), audience: keyword === "private" ? "asker" : "everyone" };
}
