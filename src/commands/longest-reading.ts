/** Words that name a week, month or quarter, where others may follow. Pure. */
import type { WeekStart } from "../metrics/index.ts";
import { fold } from "./fold-text.ts";
import { lexLine, type Token } from "./lex-line.ts";

export interface ReadPeriod {
  /** Its first day. */
  first: WeekStart;
  /** How many tokens it took. */
  taken: number;
}

/** Reads words, folded and without `of` and `the`, as one period; null for anything else. */
type Read = (words: readonly string[]) => WeekStart | null;

/** `the 12th of November, 2026`. */
const MOST_WORDS = 6;

/** The longest reading from the left; null when there is none. */
export function longestReading(tokens: readonly Token[], read: Read): ReadPeriod | null {
  const [quoted] = tokens;
  if (quoted?.kind === "quoted") {
    const first = wholeReading(quoted.text, read);
    return first === null ? null : { first, taken: 1 };
  }
  const words = tokens.slice(0, MOST_WORDS);
  for (let taken = words.length; taken > 0; taken--) {
    const some = words.slice(0, taken);
    if (some.some(({ kind }) => kind === "equals" || kind === "quoted")) continue;
    if (some.at(-1)?.kind === "comma") continue;
    const spoken = some.filter(({ kind }) => kind === "word").map(({ text }) => fold(text));
    const first = read(spoken.filter((word) => word !== "of" && word !== "the"));
    if (first !== null) return { first, taken };
  }
  return null;
}

/** What a whole text names. */
export function wholeReading(text: string, read: Read): WeekStart | null {
  const tokens = lexLine(text);
  if (!tokens.ok || tokens.value.some(({ kind }) => kind === "quoted")) return null;
  const found = longestReading(tokens.value, read);
  return found?.taken === tokens.value.length ? found.first : null;
}
