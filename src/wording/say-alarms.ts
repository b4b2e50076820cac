/** How many alarms a backtest would have given, in words. */
import type { Backtest, BacktestWeek, VerdictWord } from "../metrics/index.ts";
import { sayFilters } from "./say-scope.ts";
import type { Tone } from "./say-verdict.ts";
import { weekName, weeksText } from "./say-week.ts";

const YEAR = 52;

/** The last 52 weeks, or as many as there are. */
export function yearOf({ weeks }: Backtest): readonly BacktestWeek[] {
  return weeks.slice(-YEAR);
}

/** `Backtest: Adoption Rate (13-week), tier pro`. */
export function backtestTitle({ name, filters }: Backtest): string {
  const said = sayFilters(filters);
  return `Backtest: ${name}${said === "" ? "" : `, ${said}`}`;
}

/** `4 alarms`: what a Monday would have called, signals and runs. */
export function alarmsText(weeks: readonly BacktestWeek[]): string {
  const count = countOf(weeks, "signal") + countOf(weeks, "run");
  return plural(count, "alarm");
}

/** `4 alarms in the last 52 weeks: 3 signals and 1 run. About one every 13 weeks.` */
export function alarmsSentence(backtest: Backtest): string {
  const weeks = yearOf(backtest);
  if (backtest.test === null) return `${backtest.name} is never tested, so it gives no alarms.`;
  const [signals, runs] = [countOf(weeks, "signal"), countOf(weeks, "run")];
  const period = `in the last ${weeksText(weeks.length)}`;
  if (signals + runs === 0) return `No alarm ${period}.`;
  const kinds = [
    ...(signals > 0 ? [plural(signals, "signal")] : []),
    ...(runs > 0 ? [plural(runs, "run")] : []),
  ].join(" and ");
  const every = Math.round(weeks.length / (signals + runs));
  const often = signals + runs === 1 ? "" : ` About one every ${weeksText(every)}.`;
  return `${alarmsText(weeks)} ${period}: ${kinds}.${often}`;
}

/** `The other weeks: 30 routine, 9 continuing, 1 seasonal.` */
export function otherWeeksSentence(weeks: readonly BacktestWeek[]): string {
  const words: [VerdictWord, string][] = [
    ["routine", "routine"],
    ["continuing", "continuing"],
    ["seasonal", "seasonal"],
    ["too_few_weeks", "with too few weeks before them"],
    ["not_tested", "not tested"],
  ];
  const said = words
    .map(([word, text]) => [countOf(weeks, word), text] as const)
    .filter(([count]) => count > 0)
    .map(([count, text]) => `${count} ${text}`);
  return said.length === 0 ? "" : `The other weeks: ${said.join(", ")}.`;
}

/** `In all 120 weeks from 2024-W31 to 2026-W46: 6 alarms (5 signals, 1 run), 2 seasonal.` */
export function wholeSentence({ weeks }: Backtest): string {
  const [first, last] = [weeks[0], weeks.at(-1)];
  if (first === undefined || last === undefined) return "";
  const [signals, runs] = [countOf(weeks, "signal"), countOf(weeks, "run")];
  const parts = `${plural(signals, "signal")}, ${plural(runs, "run")}`;
  const seasonal = countOf(weeks, "seasonal");
  const period = `In all ${weeksText(weeks.length)} from ${weekName(first.week)} to ${weekName(last.week)}`;
  return `${period}: ${alarmsText(weeks)} (${parts}), ${seasonal} seasonal.`;
}

/** Whether a departure is good news; that of a neutral metric is neither. */
export function sideTone({ direction }: Pick<Backtest, "direction">, side: 1 | -1): Tone {
  if (direction === "neutral") return "neutral";
  return (side === 1) === (direction === "up") ? "good" : "bad";
}

function countOf(weeks: readonly BacktestWeek[], word: VerdictWord): number {
  return weeks.filter(({ verdict }) => verdict.word === word).length;
}

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? "" : "s"}`;
}
