import type { Audience } from "../chat-connection.ts";
import { failed, ok, type Result } from "../result.ts";
import type { AskFault } from "../wording/index.ts";
import { keywordOf } from "./keywords.ts";
import type { Token } from "./lex-line.ts";

export interface LastWords {
  /** What stands before them. */
  tokens: readonly Token[];
  audience: Audience | null;
}

/** `private` or `public` at the end of a command's line. */
export function readLastWords(tokens: readonly Token[]): Result<LastWords, AskFault> {
  const last = audienceWord(tokens.at(-1));
  if (last === null) return ok({ tokens, audience: null });
  const before = audienceWord(tokens.at(-2));
  if (before === last) return failed({ kind: "repeated_word", word: last });
  if (before !== null) return failed({ kind: "exclusive", words: ["private", "public"] });
  return ok({ tokens: tokens.slice(0, -1), audience: last === "private" ? "asker" : "everyone" });
}

function audienceWord(token: Token | undefined): "private" | "public" | null {
  const keyword = keywordOf(token);
  return keyword === "private" || keyword === "public" ? keyword : null;
}
