/** What a run says, as it is stored: plain data that a resumed delivery can be told from. */
import type { Answer, Scorecard } from "../metrics/index.ts";
import type { Restatement, SignalState, Trouble } from "../wording/index.ts";

export interface ToldScorecard {
  kind: "scorecard";
  scorecard: Scorecard;
  /** What it said first and does not say any more; absent while it says what it said. */
  restated?: readonly Restatement[];
}

/** What a team owns or contributes to. */
export interface ToldTeam {
  kind: "team";
  /** `team` names it. */
  scorecard: Scorecard;
  /** Metrics of the team that no source has ever filled. */
  silent: number;
  restated?: readonly Restatement[];
}

export interface ToldSignal {
  kind: "signal";
  signalId: number;
  answer: Answer;
  /** The owning team. */
  team: string;
  sensitive: boolean;
  /** What became of it since; absent in the week that opened it. */
  state?: SignalState;
}

/** A week of a signal after the one that opened it, in one line of its thread. */
export interface ToldSignalWeek {
  kind: "signal_week";
  answer: Answer;
  sensitive: boolean;
  state: SignalState;
}

/** A line in the scorecard's thread, to where a signal's message stands. */
export interface ToldSignalLink {
  kind: "signal_link";
  metric: string;
  name: string;
  sensitive: boolean;
  /** `slack:C0PRD`. */
  channel: string;
  messageId: string;
}

/** What the owner is told privately; its delivery's channel is the person. */
export interface ToldNotice {
  kind: "notice";
  troubles: readonly Trouble[];
}

export type Told =
  | ToldNotice
  | ToldScorecard
  | ToldTeam
  | ToldSignal
  | ToldSignalWeek
  | ToldSignalLink;

const kinds: readonly unknown[] = [
  "notice",
  "scorecard",
  "team",
  "signal",
  "signal_link",
  "signal_week",
] satisfies Told["kind"][];

/** What we wrote ourselves is read back as written; a row of a newer program is refused by its kind. */
export function readTold(value: unknown): Told | null {
  if (typeof value !== "object" || value === null || !("kind" in value)) return null;
  return kinds.includes(value.kind) ? (value as Told) : null;
}

/** Lines in a thread have none. */
export function hasPicture({ kind }: Told): boolean {
  return kind === "scorecard" || kind === "team" || kind === "signal";
}
