/** What a backtest found, in words for who has never seen one. */
import type { Backtest, BacktestMovement, BacktestWeek, VerdictWord } from "../metrics/index.ts";
import { plural } from "./plural.ts";
import { sayIn } from "./say-number.ts";
import { sayFilters } from "./say-scope.ts";
import type { Tone } from "./say-verdict.ts";
import { weekName, weeksText } from "./say-week.ts";
import type { Voice } from "./voice.ts";

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
  return counted(alarmsOf(weeks).length, "alarm");
}

/**
 * `There would have been 4 alarms in the last 52 weeks (8% of them): 3 signals and 1 run. The last
 * was a signal down in 2026-W40.`
 */
export function alarmsSentence(backtest: Backtest, voice: Voice): string {
  const weeks = yearOf(backtest);
  if (backtest.test === null)
    return `${backtest.name} is not tested: its definition asks for no test. So it gives no alarm.`;
  const last = alarmsOf(weeks).at(-1);
  const period = `in the last ${weeksText(weeks.length)}`;
  if (last === undefined) return `There would have been no alarm ${period}.`;
  const found = `There would have been ${alarmsText(weeks)} ${period} (${shareOf(weeks, voice)} of them)`;
  const newest = `a ${alarmName(last.verdict)} in ${weekName(last.week)}.`;
  if (alarmsOf(weeks).length === 1) return `${found}: ${newest}`;
  const kinds = alarmWords
    .filter((word) => countOf(weeks, word) > 0)
    .map((word) => counted(countOf(weeks, word), word));
  return `${found}: ${kinds.join(" and ")}. The last was ${newest}`;
}

/** What an alarm is, and which rules give one. */
export const whatAlarmsAre =
  "An alarm is a week that a Monday would have called out. Two rules give one: a signal is a week far outside its normal range, or two in a row near its edge; a run is eight weeks in a row on one side of the trend.";

/** `The other 48 weeks gave none: 38 routine, 9 continuing an alarm, 1 seasonal.` */
export function otherWeeksSentence(weeks: readonly BacktestWeek[]): string {
  const words: [VerdictWord, string][] = [
    ["routine", "routine"],
    ["continuing", "continuing an alarm"],
    ["seasonal", "seasonal"],
    ["too_few_weeks", "with too few weeks before them"],
    ["not_tested", "not tested"],
  ];
  const said = words
    .map(([word, text]) => [countOf(weeks, word), text] as const)
    .filter(([count]) => count > 0);
  const count = weeks.length - alarmsOf(weeks).length;
  if (count === 0) return "";
  const which =
    count === weeks.length
      ? `Those ${weeksText(count)}`
      : `The other ${weeksText(count)} gave none`;
  const parts = said.map(([each, text]) => `${each === count ? "all" : each} ${text}`);
  return `${which}: ${parts.join(", ")}.`;
}

/** `Of all 120 weeks from 2024-W31 to 2026-W46, 6 gave an alarm (5%).`; empty of a year alone. */
export function wholeSentence({ weeks }: Backtest, voice: Voice): string {
  const [first, last] = [weeks[0], weeks.at(-1)];
  if (first === undefined || last === undefined || weeks.length <= YEAR) return "";
  const count = alarmsOf(weeks).length;
  const period = `Of all ${weeksText(weeks.length)} from ${weekName(first.week)} to ${weekName(last.week)}`;
  return count === 0
    ? `${period}, none gave an alarm.`
    : `${period}, ${count} gave an alarm (${shareOf(weeks, voice)}).`;
}

/** `signal down`. */
export function alarmName({
  word,
  direction,
}: Pick<BacktestWeek["verdict"], "word" | "direction">) {
  return direction === null ? word : `${word} ${direction === 1 ? "up" : "down"}`;
}

/** `signal down (worse)`: the rule that gave a movement's alarm, and whether that is good news. */
export function movementName(
  backtest: Pick<Backtest, "direction">,
  { by, direction }: Pick<BacktestMovement, "by" | "direction">,
): string {
  const tone = sideTone(backtest, direction);
  const grade = tone === "neutral" ? "" : tone === "good" ? " (better)" : " (worse)";
  return `${alarmName({ word: by, direction })}${grade}`;
}

/** Whether a departure is good news; that of a neutral metric is neither. */
export function sideTone({ direction }: Pick<Backtest, "direction">, side: 1 | -1): Tone {
  if (direction === "neutral") return "neutral";
  return (side === 1) === (direction === "up") ? "good" : "bad";
}

const alarmWords = ["signal", "run"] as const satisfies readonly VerdictWord[];

function alarmsOf(weeks: readonly BacktestWeek[]): readonly BacktestWeek[] {
  return weeks.filter(({ verdict: { word } }) => alarmWords.some((alarm) => alarm === word));
}

function countOf(weeks: readonly BacktestWeek[], word: VerdictWord): number {
  return weeks.filter(({ verdict }) => verdict.word === word).length;
}

function shareOf(weeks: readonly BacktestWeek[], voice: Voice): string {
  const share = alarmsOf(weeks).length / weeks.length;
  return sayIn("percent", share, voice, "full", 0);
}

function counted(count: number, word: string): string {
  return `${count} ${plural(count, word)}`;
}
