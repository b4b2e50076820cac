import type { Theme, Tone } from "./theme.ts";

/** The weekly scorecard as a table, all its words already said. */
export interface ScorecardCard {
  title: string;
  subtitle: string;
  rows: readonly ScorecardRow[];
  footer: string;
  theme: Theme;
}

export interface ScorecardRow {
  name: string;
  owner: string;
  value: string;
  /** `grade`: a word for whether the change is good, under it; empty where nothing is said of that. */
  change: { text: string; grade: string; tone: Tone };
  /** `kind` chooses the shape beside the word, so that nothing is said by colour alone. */
  verdict: { text: string; tone: Tone; kind: VerdictKind };
  /** Null: there is none. */
  target: ScorecardTarget | null;
  /** Oldest first; the latest 13 are drawn. Null, or not finite: a gap. */
  series: readonly (number | null)[];
}

export type VerdictKind =
  | "signal_up"
  | "signal_down"
  | "run"
  | "continuing"
  | "seasonal"
  | "routine"
  | "untested"
  | "late"
  | "failed";

export interface ScorecardTarget {
  /** Under the value; empty where it cannot stand beside it. */
  level: string;
  /** Under the verdict, such as `target missed`; empty where nothing can be said yet. */
  state: string;
  /** Chooses the shape before the state. */
  kind: TargetKind;
}

export type TargetKind = "reached" | "near" | "missed" | "unknown";
