/** The year of a backtest as one picture. */
import type { Picture } from "../message.ts";
import type { Backtest, BacktestWeek } from "../metrics/index.ts";
import { type BacktestCard, drawBacktest, type Theme } from "../render/index.ts";
import { capital } from "./capital.ts";
import { inScale, type Scale, scaleOf } from "./duration-unit.ts";
import {
  alarmName,
  alarmsSentence,
  alarmsText,
  backtestTitle,
  sideTone,
  yearOf,
} from "./say-alarms.ts";
import { sayValue } from "./say-number.ts";
import { sayDefinition, sayFreshness } from "./say-scope.ts";
import { sayTick } from "./say-tick.ts";
import { sayDay, weekName, weeksText } from "./say-week.ts";
import { periodOf } from "./unit-kind.ts";
import type { Voice } from "./voice.ts";

/** Null when there is nothing to draw. Throws what drawing throws; the numbers are told without it. */
export async function pictureOfBacktest(
  backtest: Backtest,
  voice: Voice,
  theme: Theme,
): Promise<Picture | null> {
  const year = yearOf(backtest);
  const last = year.at(-1);
  if (last === undefined || year.every(({ value }) => value === null)) return null;
  const { png, width, height } = await drawBacktest(card(backtest, year, last, voice, theme));
  const name = backtest.source?.metric ?? "series";
  return {
    png,
    width,
    height,
    alt: altOf(backtest, voice),
    filename: `backtest-${name}-${weekName(last.week)}.png`,
  };
}

function card(
  backtest: Backtest,
  year: readonly BacktestWeek[],
  last: BacktestWeek,
  voice: Voice,
  theme: Theme,
): BacktestCard {
  const { source, movements } = backtest;
  const period = periodOf(backtest.unit);
  const scale = scaleOf(
    backtest.unit,
    year.map(({ value }) => value),
  );
  const end = sayDay(Temporal.PlainDate.from(last.week).add({ days: 6 }), voice);
  return {
    title: backtestTitle(backtest),
    subtitle: [period === null ? "" : `per ${period}`, `${weeksText(year.length)} to ${end}`]
      .filter(Boolean)
      .join(" · "),
    value: alarmsText(year),
    pill: { text: "", tone: "neutral" },
    verdict: { text: alarmsSentence(backtest, voice), tone: "neutral" },
    footer:
      source === null
        ? "From a file."
        : `${sayFreshness(source, voice)} · ${sayDefinition(source)}`,
    points: year.map((of) => pointOf(backtest, of, scale)),
    movements: movements.map(({ from, to, direction }) => ({
      from,
      to,
      tone: sideTone(backtest, direction),
    })),
    axis: (value, step) => sayTick(scale.unit, value, step, voice),
    theme,
  };
}

function pointOf(
  backtest: Backtest,
  { week, value, verdict }: BacktestWeek,
  scale: Scale,
): BacktestCard["points"][number] {
  const { word, direction, expected, low, high } = verdict;
  const isAlarm = (word === "signal" || word === "run") && direction !== null;
  return {
    week,
    value: value === null ? null : scale.of(value),
    open: false,
    band:
      expected === null || low === null || high === null
        ? null
        : inScale({ expected, low, high }, scale),
    alarm: isAlarm ? { by: word, direction, tone: sideTone(backtest, direction) } : null,
  };
}

/** The finding, not a description of the chart. */
function altOf(backtest: Backtest, voice: Voice): string {
  const year = yearOf(backtest);
  const alarms = year.flatMap(({ week, value, verdict: { word, direction } }) =>
    word === "signal" || word === "run"
      ? [
          `${capital(alarmName({ word, direction }))} in ${weekName(week)}, ${sayValue(backtest.unit, value, voice)}`,
        ]
      : [],
  );
  const named = alarms.length === 0 ? "" : ` ${alarms.join("; ")}.`;
  return `Line chart. ${backtestTitle(backtest)}. ${alarmsSentence(backtest, voice)}${named}`;
}
