/** The Monday scorecard made into a message: verdict sentence, table in text, one picture. */
import type { Block, Message, Text } from "../message.ts";
import type { Scorecard } from "../metrics/index.ts";
import { capital } from "./capital.ts";
import { list } from "./list.ts";
import { type Restatement, sayRestated } from "./say-restated.ts";
import { hearStillOpen, type OpenSignal, sayStillOpen } from "./say-still-open.ts";
import { scorecardWithoutFigures } from "./scorecard-without-figures.ts";
import {
  hiddenRows,
  isSignal,
  rowSentence,
  scorecardCells,
  scorecardDays,
  scorecardFreshness,
  scorecardNotes,
  scorecardSmallPrint,
  scorecardTitle,
  signalLine,
  verdictSentence,
} from "./scorecard-words.ts";
import { tableOfCells } from "./table-of-cells.ts";
import type { Voice } from "./voice.ts";
import { verdictWithoutFigures } from "./without-figures.ts";

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
  return scorecardMessage(scorecard, notes, voice, {
    title: scorecardTitle(scorecard),
    verdict: verdictSentence(scorecard),
    discussed: new Map(),
    before: [],
    after: [],
    footnotes: [],
  });
}

/** What the shared scorecard and a team's post say differently. */
export interface ScorecardTexts {
  title: string;
  verdict: string;
  /** Where the new signals are discussed, by the metric; null: not on this platform. */
  discussed: ReadonlyMap<string, string | null>;
  /** Between the signals and the table, as it is shown and as it is heard. */
  before: readonly { text: Text; said: string }[];
  /** Behind the picture. */
  after: readonly Text[];
  footnotes: readonly string[];
}

/** The summary alone tells all of it. */
export function scorecardMessage(
  scorecard: Scorecard,
  { hidden, restated = [], open = [] }: ScorecardNotes,
  voice: Voice,
  { title, verdict, discussed, before, after, footnotes }: ScorecardTexts,
): Message {
  const news = scorecard.rows.filter(isSignal);
  const lines = (say: (row: (typeof news)[number]) => string) =>
    news.map((row) => ({ said: say(row), text: linked(say(row), discussed.get(row.metric)) }));
  const signals = lines((row) => signalLine(row, voice));
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
      ...before.map(({ said }) => said),
      ...others.map((row) => rowSentence(row, voice)),
      `${[capital(fresh), "no filters", ...small].join(" · ")}.`,
    ]
      .filter(Boolean)
      .join(" "),
    blocks: [
      { kind: "heading", text: `${title} · ${days}` },
      { kind: "context", text: `${fresh} · no filters` },
      { kind: "text", text: [{ kind: "strong", text: verdict }] },
      ...[
        since,
        ...signals.map(({ text }) => text),
        sayStillOpen(open),
        ...before.map(({ text }) => text),
      ].flatMap(textBlock),
      tableOfCells(
        title,
        scorecard.week,
        scorecard.rows.map((row) => scorecardCells(row, voice)),
      ),
      { kind: "image" },
      ...after.flatMap(textBlock),
      { kind: "context", text: small.join(" · ") },
    ],
    withoutFigures: scorecardWithoutFigures(scorecard, {
      title,
      days,
      verdict,
      rows: scorecard.rows.map((row) => scorecardCells(row, voice)),
      lines: [
        restatedNames(restated),
        ...lines(({ name, answer }) => `${name}: ${verdictWithoutFigures(answer)}`),
        { text: sayStillOpen(open), said: hearStillOpen(open) },
        ...before,
      ],
      after,
      small: [`${capital(fresh)} · no filters`, ...hiddenRows(hidden)],
    }),
  };
}

function linked(text: string, url: string | null | undefined): Text {
  return url ? [text, " ", { kind: "link", text: "Discussed here", url }] : text;
}

/** Which rows say something else than at first, and not what. */
function restatedNames(restated: readonly Restatement[]): { text: string; said: string } {
  const names = list(restated.map(({ name }) => name));
  const said = names === "" ? "" : `Restated since: ${names}.`;
  return { text: said, said };
}

/** Nothing for no words. */
function textBlock(text: Text): Block[] {
  return text.length === 0 ? [] : [{ kind: "text", text }];
}
