/** All that can be wrong with a question. */
import type { QueryFault } from "../metrics/index.ts";

export type AskFault =
  | QueryFault
  /** Named as a person reads it; only what the asker may see. */
  | { kind: "unknown_word"; word: string; expected: readonly string[] }
  | { kind: "word_without_value"; word: string; example: string }
  | { kind: "repeated_word"; word: string }
  | { kind: "bad_week"; word: string }
  | { kind: "bad_number"; word: string; lowest: number; highest: number }
  | { kind: "open_quote" }
  | { kind: "not_yet"; word: string }
  | { kind: "not_here"; name: string; direct: boolean }
  | { kind: "broken"; id: string };
