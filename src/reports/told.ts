/** What a run says, as it is stored: plain data that a resumed delivery can be told from. */
import type { Answer, Scorecard } from "../metrics/index.ts";

export interface ToldScorecard {
  kind: "scorecard";
  scorecard: Scorecard;
}

export interface ToldSignal {
  kind: "signal";
  signalId: number;
  answer: Answer;
  /** The owning team. */
  team: string;
  sensitive: boolean;
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

export type Told = ToldScorecard | ToldSignal | ToldSignalLink;

/** What we wrote ourselves is read back as written; a row of a newer program is refused by its kind. */
export function readTold(value: unknown): Told | null {
  if (typeof value !== "object" || value === null || !("kind" in value)) return null;
  return value.kind === "scorecard" || value.kind === "signal" || value.kind === "signal_link"
    ? (value as Told)
    : null;
}
