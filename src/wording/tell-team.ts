/** A team's own post: its metrics, what stands out among them, and the way to the scorecard. */
import type { Message, Span, Text } from "../message.ts";
import type { Scorecard } from "../metrics/index.ts";
import { type Restatement, sayRestated } from "./say-restated.ts";
import { weekName } from "./say-week.ts";
import {
  isSignal,
  rowSentence,
  scorecardDays,
  signalLine,
  verdictSentence,
} from "./scorecard-words.ts";
import { scorecardContext, scorecardTable } from "./tell-scorecard.ts";
import type { Voice } from "./voice.ts";

/** Where to read on; an address is null where it is not known on this platform. */
export interface TeamLinks {
  scorecard: string | null;
  /** Of metrics with a signal, by the metric. */
  signals: ReadonlyMap<string, string | null>;
}

export interface TeamNotes {
  /** Rows that this channel may not see or has muted. */
  hidden: number;
  /** Metrics without any data. */
  silent: number;
  /** Since it was told first. */
  restated: readonly Restatement[];
}

export function tellTeam(
  scorecard: Scorecard,
  { hidden, silent, restated }: TeamNotes,
  links: TeamLinks,
  voice: Voice,
): Message {
  const title = `${scorecard.team ?? "Team"} ${weekName(scorecard.week)}`;
  const signals = scorecard.rows.filter(isSignal);
  const verdict = `${signals.length === 0 ? "No signal in yours. " : ""}${verdictSentence(scorecard)}`;
  const said = signals.map((row) => ({
    text: signalLine(row, voice),
    url: links.signals.get(row.metric),
  }));
  const others = scorecard.rows.filter((row) => !isSignal(row));
  const footer = [
    scorecardContext(scorecard, hidden, voice),
    silent === 0 ? "" : `${silent} more of yours without data yet`,
  ]
    .filter(Boolean)
    .join(" · ");
  const since = sayRestated(restated, voice);
  return {
    summary: [
      `${title}, ${scorecardDays(scorecard, voice)}. ${verdict}`,
      ...(since === "" ? [] : [since]),
      ...said.map(({ text }) => text),
      ...others.map((row) => rowSentence(row, voice)),
      `${footer}.`,
    ].join(" "),
    blocks: [
      { kind: "heading", text: `${title} · ${scorecardDays(scorecard, voice)}` },
      { kind: "text", text: [{ kind: "strong", text: verdict }] },
      ...(since === "" ? [] : [{ kind: "text", text: since } as const]),
      ...said.map(({ text, url }) => ({ kind: "text", text: linked(text, url) }) as const),
      scorecardTable(title, scorecard, voice),
      { kind: "image" },
      ...(links.scorecard === null
        ? []
        : [{ kind: "text", text: [theScorecard(links.scorecard)] } as const]),
      { kind: "context", text: footer },
    ],
  };
}

function linked(text: string, url: string | null | undefined): Text {
  return url ? [text, " ", { kind: "link", text: "Discussed here", url }] : text;
}

function theScorecard(url: string): Span {
  return { kind: "link", text: "The scorecard of all teams", url };
}
