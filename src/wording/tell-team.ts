/** A team's own post: its metrics, what stands out among them, and the way to the scorecard. */
import type { Message, Text } from "../message.ts";
import type { Scorecard } from "../metrics/index.ts";
import { weekName } from "./say-week.ts";
import { isSignal, verdictSentence } from "./scorecard-words.ts";
import { type ScorecardNotes, scorecardMessage } from "./tell-scorecard.ts";
import type { Voice } from "./voice.ts";

/** Where to read on; an address is null where it is not known on this platform. */
export interface TeamLinks {
  scorecard: string | null;
  /** Of metrics with a signal, by the metric. */
  signals: ReadonlyMap<string, string | null>;
}

export interface TeamNotes extends ScorecardNotes {
  /** Metrics without any data. */
  silent: number;
}

export function tellTeam(
  scorecard: Scorecard,
  notes: TeamNotes,
  links: TeamLinks,
  voice: Voice,
): Message {
  const none = scorecard.rows.some(isSignal) ? "" : "No signal in yours. ";
  return scorecardMessage(scorecard, notes, voice, {
    title: `${scorecard.team ?? "Team"} ${weekName(scorecard.week)}`,
    verdict: `${none}${verdictSentence(scorecard)}`,
    discussed: links.signals,
    after: links.scorecard === null ? [] : [theScorecard(links.scorecard)],
    footnotes: notes.silent === 0 ? [] : [`${notes.silent} more of yours without data yet`],
  });
}

function theScorecard(url: string): Text {
  return [{ kind: "link", text: "The scorecard of all teams", url }];
}
