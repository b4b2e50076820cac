/** A team's own post: its metrics, what stands out among them, and the way to the scorecard. */
import type { Message, Span, Text } from "../message.ts";
import type { Scorecard, ScorecardEntry, ToldDriver } from "../metrics/index.ts";
import { driverName, driversSentence, standingSentence } from "./say-drivers.ts";
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
  /** Rows that are counted, and not told one by one. */
  others: readonly ScorecardEntry[];
  /** The team's drivers, as far as any of their metrics is told. */
  drivers: readonly ToldDriver[];
}

export function tellTeam(
  scorecard: Scorecard,
  notes: TeamNotes,
  links: TeamLinks,
  voice: Voice,
): Message {
  const none = scorecard.rows.some(isSignal) ? "" : "No signal in yours. ";
  const all = { ...scorecard, rows: [...scorecard.rows, ...notes.others] };
  const sentence = notes.drivers.length === 0 ? [] : [driversSentence(notes.drivers)];
  return scorecardMessage(scorecard, notes, voice, {
    title: `${scorecard.team ?? "Team"} ${weekName(scorecard.week)}`,
    verdict: [`${none}${verdictSentence(all)}`, ...sentence].join(" "),
    discussed: links.signals,
    before: driverLines(notes.drivers),
    after: links.scorecard === null ? [] : [theScorecard(links.scorecard)],
    footnotes: footnotes(scorecard, notes),
  });
}

/** A line a driver, in the tree's order, so that each stands where it stood last week. */
function driverLines(drivers: readonly ToldDriver[]): { text: Text; said: string }[] {
  if (drivers.length === 0) return [];
  const lines = drivers.map((one) => [driverName(one), standingSentence(one)] as const);
  const spans = lines.flatMap(([name, standing], i): Span[] => [
    i === 0 ? "" : "\n",
    { kind: "strong", text: name },
    `: ${standing}`,
  ]);
  return [{ text: spans, said: lines.map((line) => `${line.join(": ")}.`).join(" ") }];
}

function footnotes({ team }: Scorecard, { others, silent }: TeamNotes): string[] {
  const quiet = `${others.length} more of yours without news: /kpi scorecard ${team ?? ""}`.trim();
  return [
    ...(others.length === 0 ? [] : [quiet]),
    ...(silent === 0 ? [] : [`${silent} more of yours without data yet`]),
  ];
}

function theScorecard(url: string): Text {
  return [{ kind: "link", text: "The scorecard of all teams", url }];
}
