/** The Monday scorecard made into a message: verdict sentence, table in text, one picture. */
import type { Block, Message, Text } from "../message.ts";
import type { Scorecard } from "../metrics/index.ts";
import { capital } from "./capital.ts";
import { type Restatement, sayRestated } from "./say-restated.ts";
import { hearStillOpen, type OpenSignal, sayStillOpen } from "./say-still-open.ts";
import { weekName } from "./say-week.ts";
import {
  isSignal,
  rowSentence,
  type ScorecardCells,
  scorecardCells,
  scorecardDays,
  scorecardFreshness,
  scorecardNotes,
  scorecardSmallPrint,
  scorecardTitle,
  signalLine,
  verdictSentence,
} from "./scorecard-words.ts";
import { type TellingColumn, tableOf } from "./table-of.ts";
import type { Voice } from "./voice.ts";

/** What a channel's copy says beside its rows. */
export interface ScorecardNotes {
  /** Rows that the channel may not see or has muted. */
  hidden: number;
  /** Since it was told first. */
  restated?: readonly Restatement[];
  /** Signals of earlier weeks, of the rows that are shown. */
  open?: readonly OpenSignal[];
}

export function tellScorecard(scorecard: Scorecard, notes: ScorecardNotes, voice: Voice): Message {
  const title = scorecardTitle(scorecard);
  const verdict = verdictSentence(scorecard);
  const signals = scorecard.rows.filter(isSignal).map((row) => signalLine(row, voice));
  return scorecardMessage(scorecard, notes, voice, {
    title,
    verdict,
    signals: signals.map((text) => ({ text, said: text })),
    after: [],
    footnotes: [],
  });
}

/** What the shared scorecard and a team's post say differently. */
export interface ScorecardTexts {
  title: string;
  verdict: string;
  /** A line for each new signal, as it is shown and as it is heard. */
  signals: readonly { text: Text; said: string }[];
  /** Behind the picture. */
  after: readonly Text[];
  footnotes: readonly string[];
}

/** The summary alone tells all of it. */
export function scorecardMessage(
  scorecard: Scorecard,
  { hidden, restated = [], open = [] }: ScorecardNotes,
  voice: Voice,
  { title, verdict, signals, after, footnotes }: ScorecardTexts,
): Message {
  const days = scorecardDays(scorecard, voice);
  const since = sayRestated(restated, voice);
  const others = scorecard.rows.filter((row) => !isSignal(row));
  const fresh = scorecardFreshness(scorecard, voice);
  const small = [
    ...scorecardSmallPrint(scorecard, hidden),
    scorecardNotes(scorecard, voice),
    ...footnotes,
  ].filter(Boolean);
  return {
    summary: [
      `${title}, ${days}. ${verdict}`,
      since,
      ...signals.map(({ said }) => said),
      hearStillOpen(open),
      ...others.map((row) => rowSentence(row, voice)),
      `${[capital(fresh), "no filters", ...small].join(" · ")}.`,
    ]
      .filter(Boolean)
      .join(" "),
    blocks: [
      { kind: "heading", text: `${title} · ${days}` },
      { kind: "context", text: `${fresh} · no filters` },
      { kind: "text", text: [{ kind: "strong", text: verdict }] },
      ...[since, ...signals.map(({ text }) => text), sayStillOpen(open)].flatMap(textBlock),
      scorecardTable(title, scorecard, voice),
      { kind: "image" },
      ...after.flatMap(textBlock),
      { kind: "context", text: small.join(" · ") },
    ],
  };
}

/** Nothing for no words. */
function textBlock(text: Text): Block[] {
  return text.length === 0 ? [] : [{ kind: "text", text }];
}

/** Without a target in any row there is no column for it. */
function scorecardTable(caption: string, scorecard: Scorecard, voice: Voice): Block {
  const rows = scorecard.rows.map((row) => scorecardCells(row, voice));
  const isAimed = rows.some(({ target }) => target !== "");
  const shown = columnsOf(weekName(scorecard.week)).filter(
    ({ label }) => isAimed || label !== "target",
  );
  return tableOf(caption, shown, rows);
}

function columnsOf(week: string): readonly TellingColumn<ScorecardCells>[] {
  return [
    { label: "metric", align: "left", say: ({ name }) => name },
    { label: week, align: "right", say: ({ value }) => value },
    { label: "change", align: "right", say: ({ change }) => change },
    { label: "verdict", align: "left", say: ({ verdict }) => verdict },
    { label: "target", align: "left", say: ({ target }) => target },
    { label: "owner", align: "left", say: ({ owner }) => owner },
  ];
}
