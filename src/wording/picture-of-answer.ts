/** The trend card of an answer. */
import type { Picture } from "../message.ts";
import type { Answer } from "../metrics/index.ts";
import { drawTrend, type Theme, type TrendCard } from "../render/index.ts";
import { capital } from "./capital.ts";
import { changeMark, sayChange } from "./say-change.ts";
import { sayFigure, sayValue } from "./say-number.ts";
import { sayCohortWeeks, sayDefinition, sayFilters, sayFreshness, titleOf } from "./say-scope.ts";
import { sayTarget } from "./say-target.ts";
import { sayTick } from "./say-tick.ts";
import { sayVerdict, toneOf } from "./say-verdict.ts";
import { sayDay, weekName, weeksText } from "./say-week.ts";
import { periodOf } from "./unit-kind.ts";
import type { Voice } from "./voice.ts";

/** Null when there is nothing to draw. Throws what drawing throws; the numbers are told without it. */
export async function pictureOfAnswer(
  answer: Answer,
  voice: Voice,
  theme: Theme,
): Promise<Picture | null> {
  if (answer.series.every((point) => point.value === null)) return null;
  const { png, width, height } = await drawTrend(trendCard(answer, voice, theme));
  return {
    png,
    width,
    height,
    alt: altOf(answer, voice),
    filename: `${answer.metric}-${weekName(answer.week)}.png`,
  };
}

function trendCard(answer: Answer, voice: Voice, theme: Theme): TrendCard {
  const tone = toneOf(answer);
  return {
    title: answer.name,
    subtitle: subtitleOf(answer, voice),
    value: sayValue(answer.unit, answer.figures.value, voice, "short"),
    pill: { text: changeMark(answer, voice), tone },
    verdict: { text: finding(answer, voice), tone },
    footer: `${sayFreshness(answer, voice)} · ${sayDefinition(answer)}`,
    points: answer.series.map((point) => ({
      week: point.week,
      value: point.value,
      open: point.status === "open",
      marked: point.signal ? "signal" : null,
      band: point.band,
    })),
    target: targetLine(answer),
    axis: (value, step) => sayTick(answer.unit, value, step, voice),
    theme,
  };
}

/** The verdict; of what is never tested, how its target stands. */
function finding(answer: Answer, voice: Voice): string {
  const { verdict, status } = answer;
  const untested = verdict.word === "not_tested" && verdict.test === null && status === "final";
  const [target] = untested ? sayTarget({ ...answer, trendRate: null }, voice) : [];
  return target ?? sayVerdict(answer, voice, "short");
}

/** What a week's value can be held against: never a sum beside single weeks, nor another metric's. */
function targetLine({ target, metric, from }: Answer): number | null {
  if (target === null || target.metric !== metric) return null;
  if (target.type === "cumulative_by_date" && from === null) return null;
  return target.type === "band" && target.status === "above" ? target.valueHi : target.value;
}

/** On one line of the card, so what matters most comes first. */
function subtitleOf(answer: Answer, voice: Voice): string {
  const { windowWeeks, series, week } = answer;
  const period = periodOf(answer.unit);
  const cohort = sayCohortWeeks(answer);
  const last = Temporal.PlainDate.from(week).add({ days: 6 });
  return [
    sayFilters(answer.filters),
    period === null ? "" : `per ${period}`,
    cohort,
    answer.from === null ? "" : "each point is the year so far",
    windowWeeks === 1 || cohort !== "" ? "" : `each point is ${weeksText(windowWeeks)}`,
    `${weeksText(series.length)} to ${sayDay(last, voice)}`,
  ]
    .filter(Boolean)
    .join(" · ");
}

/** The finding, not a description of the chart. */
function altOf(answer: Answer, voice: Voice): string {
  const values = answer.series.map((point) => point.value).filter((value) => value !== null);
  const say = (value: number | null): string => sayValue(answer.unit, value, voice);
  const range =
    values.length > 1
      ? ` The ${weeksText(answer.series.length)} shown lie between ${say(Math.min(...values))} and ${say(Math.max(...values))}.`
      : "";
  const value = sayFigure(answer.unit, answer.figures.value, voice);
  return `Line chart. ${titleOf({ ...answer, breakdown: null })}: ${value} in ${weekName(answer.week)}. ${capital(sayChange(answer, voice))}. ${sayVerdict(answer, voice)}${range}`;
}
