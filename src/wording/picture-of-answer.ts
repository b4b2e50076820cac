/** The trend card of an answer. */
import type { Picture } from "../message.ts";
import type { Answer, SeriesPoint } from "../metrics/index.ts";
import { drawTrend, type Theme, type Tone, type TrendCard } from "../render/index.ts";
import { barsOfBreakdown, MOST_BARS } from "./bars-of-breakdown.ts";
import { knownPart } from "./begun-week.ts";
import { capital } from "./capital.ts";
import { inScale, type Scale, scaleOf } from "./duration-unit.ts";
import { noValueWords, whyNoValue } from "./no-value.ts";
import { sayBasis } from "./say-cautions.ts";
import { changeGrade, changePill, sayChange } from "./say-change.ts";
import { sayFigure, sayValue } from "./say-number.ts";
import { lastDayOf, periodName, periodsText } from "./say-period.ts";
import { sayCohortWeeks, sayDefinition, sayFilters, sayFreshness, titleOf } from "./say-scope.ts";
import { sayTarget } from "./say-target.ts";
import { sayTick } from "./say-tick.ts";
import { changeTone, sayVerdict, toneOf } from "./say-verdict.ts";
import { sayDay, weeksText } from "./say-week.ts";
import { sayYoungCohort, youngAge, youngShare } from "./say-young-cohort.ts";
import { targetState } from "./target-in-short.ts";
import { sayBreakdown } from "./tell-breakdown.ts";
import { periodOf } from "./unit-kind.ts";
import type { Voice } from "./voice.ts";
import { sayHeadline, withinWhole } from "./whole-share.ts";

/** Null when there is nothing to draw. Throws what drawing throws; the numbers are told without it. */
export async function pictureOfAnswer(
  given: Answer,
  voice: Voice,
  theme: Theme,
): Promise<Picture | null> {
  const answer = knownPart(given);
  if (answer.series.every((point) => point.value === null)) return null;
  const { png, width, height } = await drawTrend(trendCard(answer, voice, theme));
  return {
    png,
    width,
    height,
    alt: altOf(answer, voice),
    filename: `${answer.metric}-${periodName(answer.week, answer.grain)}.png`,
  };
}

function trendCard(answer: Answer, voice: Voice, theme: Theme): TrendCard {
  const value = bigValue(answer, voice);
  const target = targetLine(answer);
  const scale = scaleOfPlot(answer, target);
  return {
    title: answer.name,
    subtitle: subtitleOf(answer, voice),
    value: answer.maturing === null ? value : youngShare(answer, voice),
    // The line of a young cohort's card ends with another cohort.
    endLabel: answer.status === "maturing" ? "" : value,
    pill: pillOf(answer, voice),
    verdict: { text: finding(answer, voice), tone: toneOf(answer) },
    footer: [sayFreshness(answer, voice), sayDefinition(answer), ...sayBasis(answer)].join(" · "),
    points: answer.series.map((point) => ({
      week: point.week,
      value: point.value === null ? null : scale.of(point.value),
      open: point.status === "open",
      marked: point.signal ? toneOfPoint(answer, point) : null,
      band: point.band && inScale(withinWhole(point.band, answer.isOfWhole), scale),
    })),
    target: target === null ? null : scale.of(target),
    targetState: targetState(answer),
    most: answer.isOfWhole ? 1 : null,
    ...(answer.grain && { grain: answer.grain.unit }),
    axis: (value, step) => sayTick(scale.unit, value, step, voice),
    segments: barsOfBreakdown(answer, voice),
    theme,
  };
}

/** The axis has one unit, which is that of the largest value. */
function scaleOfPlot({ unit, series }: Answer, target: number | null): Scale {
  return scaleOf(unit, [target, ...series.map(({ value }) => value)]);
}

/** A share is short enough; all else is shortened. */
function bigValue(answer: Answer, voice: Voice): string {
  if (answer.figures.value === null) return noValueWords(answer);
  return answer.isOfWhole
    ? sayHeadline(answer, voice)
    : sayValue(answer.unit, answer.figures.value, voice, "short");
}

/** Coloured only in a week that departs, and then by the change itself: a fall is no good one. */
function pillOf(answer: Answer, voice: Voice): TrendCard["pill"] {
  if (answer.maturing !== null)
    return { text: ["so far", youngAge(answer)].filter(Boolean).join(", "), tone: "neutral" };
  if (answer.figures.value === null) return { text: "", tone: "neutral" };
  return { text: changePill(answer, voice), tone: changeTone(answer) };
}

/** A signal is better or worse by its own side of what was expected, whichever week it is of. */
function toneOfPoint(answer: Answer, { value, band }: SeriesPoint): Tone {
  if (answer.direction === "neutral" || value === null || band === null) return "neutral";
  return value >= band.expected === (answer.direction === "up") ? "good" : "bad";
}

/** The verdict; of what is never tested, how its target stands. */
function finding(answer: Answer, voice: Voice): string {
  const { verdict, status, flags } = answer;
  if (answer.maturing !== null)
    return ["Not tested yet.", ...sayYoungCohort(answer, voice)].join(" ");
  if (answer.figures.value === null) return whyNoValue(answer, voice).join(" ");
  const isUnjudged = flags.includes("unjudged");
  const untested =
    verdict.word === "not_tested" && verdict.test === null && status === "final" && !isUnjudged;
  const [target] = untested ? sayTarget({ ...answer, trendRate: null }, voice) : [];
  return target ?? sayVerdict(answer, voice, "short", changeGrade(answer));
}

/** What a week's value can be held against: never a sum beside single weeks, nor another metric's. */
function targetLine({ target, metric, from }: Answer): number | null {
  if (target === null || target.metric !== metric) return null;
  if (target.type === "cumulative_by_date" && from === null) return null;
  return target.type === "band" && target.status === "above" ? target.valueHi : target.value;
}

/** On one line of the card, so what matters most comes first. */
function subtitleOf(answer: Answer, voice: Voice): string {
  const { grain, series, breakdown } = answer;
  // Of a young cohort the line is that of the complete ones before it, which end earlier.
  const week = series.at(-1)?.week ?? answer.week;
  const weeks = periodsText(series.length, grain);
  const period = periodOf(answer.unit);
  const cohort = sayCohortWeeks(answer);
  const last = lastDayOf(week, grain);
  return [
    sayFilters(answer.filters),
    period === null ? "" : `per ${period}`,
    cohort,
    answer.from === null ? "" : "each point is the year so far",
    pointSpan(answer, cohort),
    breakdown === null ? "" : "line: all together",
    answer.status === "maturing"
      ? `line: complete cohorts, ${weeks} to ${sayDay(last, voice)}`
      : `${weeks} to ${sayDay(last, voice)}`,
  ]
    .filter(Boolean)
    .join(" · ");
}

/** What a point is of, where that is not the week below it. */
function pointSpan({ grain, from, windowWeeks }: Answer, cohort: string): string {
  if (cohort !== "" || from !== null) return "";
  if (grain !== undefined) return `each point is a ${grain.unit}`;
  return windowWeeks === 1 ? "" : `each point is ${weeksText(windowWeeks)}`;
}

/** The finding, not a description of the chart. */
function altOf(answer: Answer, voice: Voice): string {
  const values = answer.series.map((point) => point.value).filter((value) => value !== null);
  const say = (value: number | null): string => sayValue(answer.unit, value, voice);
  const range =
    values.length > 1
      ? ` The ${periodsText(answer.series.length, answer.grain)} shown lie between ${say(Math.min(...values))} and ${say(Math.max(...values))}.`
      : "";
  const title = `Line chart. ${titleOf({ ...answer, breakdown: null })}:`;
  if (answer.maturing !== null)
    return `${title} ${youngShare(answer, voice)} so far. ${finding(answer, voice)}${range}`;
  if (answer.figures.value === null)
    return `${title} ${noValueWords(answer)} for ${periodName(answer.week, answer.grain)}. ${finding(answer, voice)}${range}`;
  const value = sayFigure(answer.unit, answer.figures.value, voice);
  const segments = answer.breakdown === null ? "" : ` ${sayBreakdown(answer, voice, MOST_BARS)}`;
  return `${title} ${value} in ${periodName(answer.week, answer.grain)}. ${capital(sayChange(answer, voice))}. ${sayVerdict(answer, voice, "full", changeGrade(answer))}${range}${segments}`;
}
