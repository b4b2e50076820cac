/** A backtest made into a message: how many alarms, what an alarm is, and each that there would have been. */
import type { Block, Message, Words } from "../message.ts";
import type { Backtest, BacktestMovement } from "../metrics/index.ts";
import { LEAST_ACCOUNTS } from "../policy/index.ts";
import {
  alarmsSentence,
  backtestTitle,
  movementName,
  otherWeeksSentence,
  whatAlarmsAre,
  wholeSentence,
  yearOf,
} from "./say-alarms.ts";
import { sayFigure } from "./say-number.ts";
import { sayDefinition, sayFreshness } from "./say-scope.ts";
import { weekName, weeksText } from "./say-week.ts";
import { type TellingColumn, tableOf } from "./table-of.ts";
import type { Voice } from "./voice.ts";
import { strong } from "./without-figures.ts";

/** `everything`: the alarms of all weeks and not only those of the year. */
export function tellBacktest(backtest: Backtest, everything: boolean, voice: Voice): Message {
  const title = backtestTitle(backtest);
  const year = yearOf(backtest);
  const from = year[0]?.week ?? "";
  const movements = backtest.movements.filter(({ to }) => everything || to >= from);
  const finding = alarmsSentence(backtest, voice);
  const explained =
    backtest.test === null
      ? []
      : [
          [otherWeeksSentence(year), wholeSentence(backtest, voice)],
          [whatAlarmsAre, testedBy(backtest, backtest.test)],
        ].map((sentences) => sentences.filter(Boolean).join(" "));
  const kept = backtest.withheld
    ? [`Weeks of fewer than ${LEAST_ACCOUNTS} accounts are left out.`]
    : [];
  const context: Block = { kind: "context", text: contextOf(backtest, voice) };
  const sentences = movements.map((each) => movementSentence(backtest, each, voice));
  return {
    summary: [`${title}.`, finding, ...explained, ...kept, ...sentences].filter(Boolean).join(" "),
    blocks: [
      { kind: "heading", text: title },
      { kind: "text", text: [{ kind: "strong", text: finding }] },
      ...[...explained, ...kept].filter(Boolean).map((text) => ({ kind: "text", text }) as const),
      ...table(backtest, movements, everything, voice),
      { kind: "image" },
      context,
    ],
    withoutFigures: withoutFigures(backtest, movements, context, voice),
  };
}

/** The alarms by their weeks and rules, without what was and what was expected. */
function withoutFigures(
  backtest: Backtest,
  movements: readonly BacktestMovement[],
  context: Block,
  voice: Voice,
): Words {
  const title = backtestTitle(backtest);
  const columns = columnsOf(backtest, voice).filter(({ label }) => !hasFigures.has(label));
  const said = movements.map(
    (each) => `${weekName(each.calledIn)} ${movementName(backtest, each)}`,
  );
  const found = said.length === 0 ? "No alarm." : `Alarms: ${said.join(", ")}.`;
  const table = movements.length === 0 ? [] : [tableOf("Alarms", columns, movements)];
  return {
    summary: `${title}. ${found}`,
    blocks: [
      { kind: "heading", text: title },
      ...(table.length === 0 ? [strong(found)] : table),
      context,
    ],
  };
}

const hasFigures: ReadonlySet<string> = new Set(["value", "expected"]);

function table(
  backtest: Backtest,
  movements: readonly BacktestMovement[],
  everything: boolean,
  voice: Voice,
): Block[] {
  if (movements.length === 0) return [];
  const period = everything ? "of all weeks" : `of the last ${weeksText(yearOf(backtest).length)}`;
  return [tableOf(`Alarms ${period}`, columnsOf(backtest, voice), movements)];
}

function columnsOf(backtest: Backtest, voice: Voice): TellingColumn<BacktestMovement>[] {
  const { unit } = backtest;
  return [
    { label: "alarm in", align: "left", say: ({ calledIn }) => weekName(calledIn) },
    { label: "rule", align: "left", say: (movement) => movementName(backtest, movement) },
    { label: "value", align: "right", say: ({ value }) => sayFigure(unit, value, voice) },
    { label: "expected", align: "right", say: ({ expected }) => sayFigure(unit, expected, voice) },
    { label: "lasted", align: "left", say: lastedText },
  ];
}

/** `2026-W39 to 2026-W46`; of one week alone its name. */
function lastedText({ from, to }: BacktestMovement): string {
  return from === to ? weekName(from) : `${weekName(from)} to ${weekName(to)}`;
}

/** `2026-W40: signal down (worse), $365,000 where $452,000 was expected; it lasted 2026-W39 to 2026-W46.` */
function movementSentence(backtest: Backtest, movement: BacktestMovement, voice: Voice): string {
  const [calledIn, rule, value, expected, lasted] = columnsOf(backtest, voice).map(({ say }) =>
    say(movement),
  );
  return `${calledIn}: ${rule}, ${value} where ${expected} was expected; it lasted ${lasted}.`;
}

/** Which rule tested it, where it is not the one that Mondays go by. */
function testedBy({ filters, source }: Backtest, test: string): string {
  if (source === null) return `The file is tested by itself, as kind ${test}.`;
  return Object.keys(filters).length === 0
    ? "These are the verdicts that Mondays give, tested together with the other metrics of its layer."
    : "A filtered question is tested by itself, and Mondays give no alarm for it: take this as exploratory.";
}

function contextOf({ source, weeks }: Backtest, voice: Voice): string {
  if (source === null) return `${weeksText(weeks.length)} from a file`;
  return `${sayFreshness(source, voice)} · definition ${sayDefinition(source)}`;
}
