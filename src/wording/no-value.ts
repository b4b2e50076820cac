/** An answer without a number: that there is none, why, and which was the last. */
import type { Answer } from "../metrics/index.ts";
import { isAhead } from "./begun-week.ts";
import { sayCautions } from "./say-cautions.ts";
import { sayFigure } from "./say-number.ts";
import { periodName, periodNoun } from "./say-period.ts";
import { sayInstant, weeksText } from "./say-week.ts";
import type { Voice } from "./voice.ts";

/** Instead of the number: `no data yet`, `no data`, `no value`. */
export function noValueWords(answer: Answer): string {
  if (isAhead(answer)) return "no data yet";
  return answer.status === "no_data" ? "no data" : "no value";
}

/** Sentences: why there is no value, how far the data reach, and the last value that is shown. */
export function whyNoValue(answer: Answer, voice: Voice): string[] {
  return [...reasons(answer, voice), ...lastValue(answer, voice)];
}

function reasons(answer: Answer, voice: Voice): string[] {
  const { status, asOf, timeZone, figures, reported } = answer;
  if (reported === null) return [`Nothing was reported for exactly this in ${spanOf(answer)}.`];
  if (isAhead(answer) && asOf !== null)
    return [`The data reach to ${sayInstant(asOf, timeZone, voice)}.`];
  if (status === "open" && figures.n === 0)
    return [`This ${periodNoun(answer.grain)} is not over, and there is nothing to count yet.`];
  const cautions = status === "no_data" ? [] : sayCautions(answer, voice);
  return cautions.length > 0 ? cautions : [`There was nothing to count in ${spanOf(answer)}.`];
}

function spanOf({ from, grain, windowWeeks }: Answer): string {
  if (from !== null) return "the year so far";
  return windowWeeks === 1 ? `this ${periodNoun(grain)}` : `these ${weeksText(windowWeeks)}`;
}

function lastValue({ series, unit, grain }: Answer, voice: Voice): string[] {
  const last = series.findLast(({ value, status }) => value !== null && status !== "open");
  if (last === undefined) return [];
  return [
    `The last value is ${sayFigure(unit, last.value, voice)}, of ${periodName(last.week, grain)}.`,
  ];
}
