/** The Monday scorecard made into a message: verdict sentence, table in text, one picture. */
import type { Block, Message } from "../message.ts";
import type { Scorecard } from "../metrics/index.ts";
import { type Restatement, sayRestated } from "./say-restated.ts";
import {
  isSignal,
  rowSentence,
  type ScorecardCells,
  scorecardCells,
  scorecardDays,
  scorecardFooter,
  scorecardNotes,
  scorecardTitle,
  signalLine,
  verdictSentence,
} from "./scorecard-words.ts";
import { type TellingColumn, tableOf } from "./table-of.ts";
import type { Voice } from "./voice.ts";

const columns: readonly TellingColumn<ScorecardCells>[] = [
  { label: "metric", align: "left", say: ({ name }) => name },
  { label: "value", align: "right", say: ({ value }) => value },
  { label: "change", align: "right", say: ({ change }) => change },
  { label: "verdict", align: "left", say: ({ verdict }) => verdict },
  { label: "target", align: "left", say: ({ target }) => target },
  { label: "owner", align: "left", say: ({ owner }) => owner },
];

/** `hidden`: how many metrics this channel may not see or has muted. `restated`: since it was told first. */
export function tellScorecard(
  scorecard: Scorecard,
  hidden: number,
  voice: Voice,
  restated: readonly Restatement[] = [],
): Message {
  const [title, days] = [scorecardTitle(scorecard), scorecardDays(scorecard, voice)];
  const verdict = verdictSentence(scorecard);
  const signals = scorecard.rows.filter(isSignal).map((row) => signalLine(row, voice));
  const others = scorecard.rows.filter((row) => !isSignal(row));
  const footer = scorecardContext(scorecard, hidden, voice);
  const since = sayRestated(restated, voice);
  return {
    summary: [
      `${title}, ${days}. ${verdict}`,
      ...(since === "" ? [] : [since]),
      ...signals,
      ...others.map((row) => rowSentence(row, voice)),
      `${footer}.`,
    ].join(" "),
    blocks: [
      { kind: "heading", text: `${title} · ${days}` },
      { kind: "text", text: [{ kind: "strong", text: verdict }] },
      ...(since === "" ? [] : [{ kind: "text", text: since } as const]),
      ...signals.map((text) => ({ kind: "text", text }) as const),
      scorecardTable(title, scorecard, voice),
      { kind: "image" },
      { kind: "context", text: footer },
    ],
  };
}

/** Freshness, what is not shown, and what values cover that are not of the plain week. */
export function scorecardContext(scorecard: Scorecard, hidden: number, voice: Voice): string {
  return [scorecardFooter(scorecard, hidden, voice), scorecardNotes(scorecard, voice)]
    .filter(Boolean)
    .join(" · ");
}

/** Without a target in any row there is no column for it. */
export function scorecardTable(caption: string, scorecard: Scorecard, voice: Voice): Block {
  const rows = scorecard.rows.map((row) => scorecardCells(row, voice));
  const isAimed = rows.some(({ target }) => target !== "");
  const shown = columns.filter(({ label }) => isAimed || label !== "target");
  return tableOf(caption, shown, rows);
}
