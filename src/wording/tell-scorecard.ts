/** The Monday scorecard made into a message: verdict sentence, table in text, one picture. */
import type { Message, Picture } from "../message.ts";
import type { Scorecard, ScorecardEntry } from "../metrics/index.ts";
import {
  drawScorecard,
  type ScorecardCard,
  type ScorecardRow,
  type Theme,
} from "../render/index.ts";
import { changeMark } from "./say-change.ts";
import { MISSING, sayValue } from "./say-number.ts";
import { departure, toneOf, verdictWord } from "./say-verdict.ts";
import { sayInstant, sayWeekDays, weekName } from "./say-week.ts";
import type { Voice } from "./voice.ts";

/** `hidden`: how many metrics this channel may not see or has muted. */
export function tellScorecard(scorecard: Scorecard, hidden: number, voice: Voice): Message {
  const title = `Scorecard ${weekName(scorecard.week)}`;
  const verdict = verdictSentence(scorecard);
  const signals = scorecard.rows.filter(isSignal).map((row) => signalLine(row, voice));
  const footer = footerOf(scorecard, hidden, voice);
  return {
    summary: [
      `${title}, ${sayWeekDays(scorecard.week, voice)}. ${verdict}`,
      ...signals,
      ...scorecard.rows.filter((row) => !isSignal(row)).map((row) => `${rowText(row, voice)}.`),
      `${footer}.`,
    ].join(" "),
    blocks: [
      { kind: "heading", text: `${title} · ${sayWeekDays(scorecard.week, voice)}` },
      { kind: "text", text: [{ kind: "strong", text: verdict }] },
      ...signals.map((text) => ({ kind: "text", text }) as const),
      {
        kind: "table",
        caption: title,
        columns: [
          { label: "metric", align: "left" },
          { label: "last week", align: "right" },
          { label: "change", align: "right" },
          { label: "verdict", align: "left" },
          { label: "owner", align: "left" },
        ],
        rows: scorecard.rows.map((row) => cells(row, voice)),
      },
      { kind: "image" },
      { kind: "context", text: footer },
    ],
  };
}

export async function pictureOfScorecard(
  scorecard: Scorecard,
  hidden: number,
  voice: Voice,
  theme: Theme,
): Promise<Picture> {
  const { png, width, height } = await drawScorecard(
    scorecardCard(scorecard, hidden, voice, theme),
  );
  const alt = `Scorecard table. ${verdictSentence(scorecard)} ${scorecard.rows
    .filter(isSignal)
    .map((row) => signalLine(row, voice))
    .join(" ")}`.trim();
  return { png, width, height, alt, filename: `scorecard-${weekName(scorecard.week)}.png` };
}

function scorecardCard(
  scorecard: Scorecard,
  hidden: number,
  voice: Voice,
  theme: Theme,
): ScorecardCard {
  return {
    title: `Scorecard ${weekName(scorecard.week)}`,
    subtitle: `${sayWeekDays(scorecard.week, voice)} · ${verdictSentence(scorecard)}`,
    rows: scorecard.rows.map((row) => cardRow(row, voice)),
    footer: footerOf(scorecard, hidden, voice),
    theme,
  };
}

function cardRow(row: ScorecardEntry, voice: Voice): ScorecardRow {
  const [name = "", value = "", change = "", verdict = "", owner = ""] = cells(row, voice, "short");
  if (row.kind !== "answered") {
    return {
      name,
      owner,
      value,
      change: { text: change, tone: "neutral" },
      verdict: { text: verdict, tone: "neutral", kind: row.kind },
      target: null,
      series: [],
    };
  }
  const tone = toneOf(row.answer);
  return {
    name,
    owner,
    value,
    change: { text: change, tone },
    verdict: { text: verdict, tone, kind: verdictKind(row.answer) },
    target: null,
    series: row.answer.series.map((point) => point.value),
  };
}

function verdictKind({
  verdict,
  figures,
}: Extract<ScorecardEntry, { kind: "answered" }>["answer"]): ScorecardRow["verdict"]["kind"] {
  switch (verdict.word) {
    case "signal":
      return departure(verdict, figures.value) === -1 ? "signal_down" : "signal_up";
    case "too_few_weeks":
    case "not_tested":
      return "untested";
    default:
      return verdict.word;
  }
}

function cells(row: ScorecardEntry, voice: Voice, length: "full" | "short" = "full"): string[] {
  const owner = row.owners[0] ?? MISSING;
  switch (row.kind) {
    case "answered": {
      const { answer } = row;
      return [
        row.name,
        sayValue(answer.unit, answer.figures.value, voice, length),
        changeMark(answer, voice),
        verdictWord(answer),
        owner,
      ];
    }
    case "late":
      return [row.name, MISSING, "–", "late", owner];
    case "failed":
      return [row.name, MISSING, "–", "failed", owner];
  }
}

function rowText(row: ScorecardEntry, voice: Voice): string {
  const [name, value, change, verdict] = cells(row, voice);
  return row.kind === "answered"
    ? `${name} ${value}, ${change}, ${verdict}`
    : `${name}: ${verdict}`;
}

function isSignal(row: ScorecardEntry): row is Extract<ScorecardEntry, { kind: "answered" }> {
  return row.kind === "answered" && row.answer.verdict.word === "signal";
}

function signalLine(
  { answer, name }: Extract<ScorecardEntry, { kind: "answered" }>,
  voice: Voice,
): string {
  const tone = toneOf(answer);
  const side = departure(answer.verdict, answer.figures.value) === -1 ? "below" : "above";
  const expected =
    answer.verdict.expected === null
      ? ""
      : ` the expected ${sayValue(answer.unit, answer.verdict.expected, voice)}`;
  return `Signal: ${name} ${sayValue(answer.unit, answer.figures.value, voice)}, ${side}${expected}${tone === "neutral" ? "" : tone === "good" ? ", better" : ", worse"}.`;
}

/** `10 metrics: 1 signal, 1 continuing, 8 routine.` */
function verdictSentence(scorecard: Scorecard): string {
  const count = (of: (row: ScorecardEntry) => boolean): number => scorecard.rows.filter(of).length;
  const word =
    (...words: string[]) =>
    (row: ScorecardEntry) =>
      row.kind === "answered" && words.includes(row.answer.verdict.word);
  const said: [number, string][] = [
    [count(word("signal")), plural(count(word("signal")), "signal")],
    [count(word("run")), plural(count(word("run")), "run")],
    [count(word("continuing")), "continuing"],
    [count(word("seasonal")), "seasonal"],
    [count(word("routine")), "routine"],
    [count(word("too_few_weeks", "not_tested")), "not judged"],
    [count((row) => row.kind === "late"), "late"],
    [count((row) => row.kind === "failed"), "failed"],
  ];
  const parts = said
    .filter(([n], i) => n > 0 || i === 0)
    .map(([n, text]) => `${n === 0 ? "no" : n} ${text}`);
  return `${scorecard.rows.length} ${plural(scorecard.rows.length, "metric")}: ${parts.join(", ")}.`;
}

function plural(count: number, word: string): string {
  return count === 1 ? word : `${word}s`;
}

function footerOf(scorecard: Scorecard, hidden: number, voice: Voice): string {
  const answered = scorecard.rows.filter((row) => row.kind === "answered");
  const asOf = answered
    .map((row) => row.answer.asOf)
    .filter((mark) => mark !== null)
    .sort()[0];
  const zone = answered[0]?.answer.timeZone ?? "UTC";
  const late = scorecard.rows.filter((row) => row.kind === "late").map((row) => row.name);
  return [
    asOf === undefined ? "no data yet" : `data complete to ${sayInstant(asOf, zone, voice)}`,
    ...(late.length > 0 ? [`late: ${late.join(", ")}`] : []),
    ...(hidden > 0 ? [`${hidden} ${plural(hidden, "metric")} not shown here`] : []),
  ].join(" · ");
}
