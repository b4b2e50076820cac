/** A backtest made into a message: how many alarms, and each movement that would have been called. */
import type { Block, Column, Message } from "../message.ts";
import type { Backtest, BacktestMovement } from "../metrics/index.ts";
import { capital } from "./capital.ts";
import {
  alarmsSentence,
  backtestTitle,
  otherWeeksSentence,
  wholeSentence,
  yearOf,
} from "./say-alarms.ts";
import { sayFigure } from "./say-number.ts";
import { sayDefinition, sayFreshness } from "./say-scope.ts";
import { weekName, weeksText } from "./say-week.ts";
import type { Voice } from "./voice.ts";

const columns: readonly Column[] = [
  { label: "from", align: "left" },
  { label: "to", align: "left" },
  { label: "direction", align: "left" },
  { label: "called", align: "left" },
  { label: "value", align: "right" },
  { label: "expected", align: "right" },
];

/** `everything`: the movements of all weeks and not only those of the year. */
export function tellBacktest(backtest: Backtest, everything: boolean, voice: Voice): Message {
  const title = backtestTitle(backtest);
  const year = yearOf(backtest);
  const from = year[0]?.week ?? "";
  const movements = backtest.movements.filter(({ to }) => everything || to >= from);
  const said = [
    alarmsSentence(backtest),
    otherWeeksSentence(year),
    wholeSentence(backtest),
    ...judgedBy(backtest),
  ].filter(Boolean);
  const [finding = "", ...rest] = said;
  return {
    summary: [
      `${title}.`,
      ...said,
      ...movements.map((each) => movementSentence(backtest, each, voice)),
    ].join(" "),
    blocks: [
      { kind: "heading", text: title },
      { kind: "text", text: [{ kind: "strong", text: finding }] },
      { kind: "text", text: rest.join(" ") },
      ...table(backtest, movements, everything, voice),
      { kind: "image" },
      { kind: "context", text: contextOf(backtest, voice) },
    ],
  };
}

function table(
  backtest: Backtest,
  movements: readonly BacktestMovement[],
  everything: boolean,
  voice: Voice,
): Block[] {
  if (movements.length === 0) return [];
  const period = everything ? "of all weeks" : `of the last ${weeksText(yearOf(backtest).length)}`;
  const rows = movements.map((movement) => cells(backtest, movement, voice));
  return [{ kind: "table", caption: `Movements ${period}`, columns, rows }];
}

function cells({ unit }: Backtest, movement: BacktestMovement, voice: Voice): string[] {
  const { from, to, direction, by, calledIn, value, expected } = movement;
  return [
    weekName(from),
    weekName(to),
    direction === 1 ? "up" : "down",
    `${by} in ${weekName(calledIn)}`,
    sayFigure(unit, value, voice),
    sayFigure(unit, expected, voice),
  ];
}

/** `Signal down in 2026-W40, from 2026-W39 to 2026-W46: $365,000, expected $452,000.` */
function movementSentence(backtest: Backtest, movement: BacktestMovement, voice: Voice): string {
  const [from, to, direction, , value, expected] = cells(backtest, movement, voice);
  const called = `${capital(movement.by)} ${direction} in ${weekName(movement.calledIn)}`;
  return `${called}, from ${from} to ${to}: ${value}, expected ${expected}.`;
}

/** Which rule judged, where it is not the one that Mondays go by. */
function judgedBy({ filters, source, test }: Backtest): string[] {
  if (test === null) return [];
  if (source === null) return [`Judged by itself, as kind ${test}.`];
  return Object.keys(filters).length === 0
    ? ["These are the verdicts of its family, as Mondays tell them."]
    : ["A filtered question is judged by itself and opens no signal: this is exploratory."];
}

function contextOf({ source, weeks }: Backtest, voice: Voice): string {
  if (source === null) return `${weeksText(weeks.length)} from a file`;
  return `${sayFreshness(source, voice)} · definition ${sayDefinition(source)}`;
}
