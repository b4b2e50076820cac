/** All that can be wrong with a question. Names, values and lines are only what the asker may see. */

import type { QueryFault, WeekStart } from "../metrics/index.ts";
import type { Grain } from "../periods.ts";

/** One of several metrics that a phrase may mean. */
export interface Candidate {
  metric: string;
  name: string;
  code: string | null;
  /** The whole line that asks for it, without the command's own name. */
  line: string;
}

export type AskFault =
  /** Of an unknown metric, `nearest` are whole lines to type. */
  | Exclude<QueryFault, { kind: "too_few_accounts" }>
  /** `of` what the candidates are; absent: metrics. */
  | {
      kind: "ambiguous";
      phrase: string;
      candidates: readonly Candidate[];
      of?: "metric" | "driver";
    }
  | LineFault
  /** The week, or month, has not begun. `first` and `last` are what the data reach from and to. */
  | {
      kind: "future_week";
      week: WeekStart;
      first: WeekStart | null;
      last: WeekStart | null;
      grain?: Grain;
    }
  /** `line`: the nearest that may be asked; null: nothing of it may be told that week, or month. */
  | { kind: "too_few_accounts"; name: string; line: string | null; grain?: Grain }
  | { kind: "not_yet"; word: string; what: string }
  | { kind: "not_here"; name: string; direct: boolean }
  /** `command` as one types it: `runs resend`. */
  | { kind: "operators_only"; command: string }
  /** A post that an operator named. `id` as it was typed. */
  | { kind: "no_such_post"; id: string; isShort: boolean }
  | { kind: "post_left"; id: string; why: "sent" | "being_sent" | "superseded" | "done" }
  /** The database cannot answer now. `too_slow`: it was stopped for taking too long. */
  | { kind: "unavailable"; why: "away" | "too_slow"; id: string }
  | { kind: "broken"; id: string };

/** What is wrong with how a line is written. A `line` is what to type instead. */
export type LineFault =
  | { kind: "open_quote"; rest: string }
  | { kind: "long_line"; length: number; most: number }
  | { kind: "unknown_word"; word: string; expected: readonly string[] }
  | {
      kind: "unknown_command";
      word: string;
      nearest: readonly string[];
      commands: readonly string[];
    }
  | {
      kind: "unknown_team";
      word: string;
      nearest: readonly string[];
      teams: readonly string[];
    }
  /** A code such as C.9.9 that nothing has; `lines` ask for the drivers with the nearest ones. */
  | { kind: "unknown_code"; code: string; lines: readonly string[] }
  /** A metric that nothing moves in the tree; `lines` ask for the drivers that it stands under. */
  | { kind: "no_drivers"; name: string; lines: readonly string[] }
  /** A value without its dimension. */
  | { kind: "bare_value"; word: string; dimension: string; line: string }
  /** A dimension without an equals sign or `by`. */
  | { kind: "bare_dimension"; word: string; lines: readonly string[] }
  | { kind: "unsupported_operator"; operator: string; isNegated: boolean; line: string | null }
  | { kind: "word_without_value"; word: string; example: string }
  | { kind: "repeated_word"; word: string; isFilter?: boolean }
  | { kind: "exclusive"; words: readonly [string, string] }
  | { kind: "bad_week"; word: string; unit?: "week" | "month" | "quarter" }
  | { kind: "bad_number"; word: string; lowest: number; highest: number }
  /** A target that cannot be set as it is written: `word` of it. */
  | {
      kind: "bad_target";
      why:
        | "no_number"
        | "share"
        | "outside_whole"
        | "no_day"
        | "twice"
        | "upside_down"
        | "no_side"
        | "no_sum"
        | "end_by"
        | "backwards"
        | "none_to_end";
      word: string;
      line: string;
    }
  /** A span that is in days or years; `weeks` is about as long, and `line` asks for so many. */
  | { kind: "not_weeks"; word: string; line: string; weeks: number }
  /** Weeks, or periods of the grain. */
  | { kind: "since_after"; since: WeekStart; end: WeekStart; grain?: Grain }
  | { kind: "too_far_back"; weeks: number; most: number; grain?: Grain };
