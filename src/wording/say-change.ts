/** The change against the period before, in words. */

import type { Answer } from "../metrics/index.ts";
import { type Grain, periodsFrom } from "../periods.ts";
import { sayChangeSize, sayValue } from "./say-number.ts";
import { periodName, periodNoun, periodsText } from "./say-period.ts";
import { isThin } from "./say-verdict.ts";
import type { Voice } from "./voice.ts";

export type Changed = Pick<
  Answer,
  | "unit"
  | "direction"
  | "isLevel"
  | "change"
  | "previous"
  | "versus"
  | "week"
  | "grain"
  | "windowWeeks"
  | "from"
  | "status"
  | "verdict"
  | "figures"
  | "flags"
  | "nMin"
  | "reported"
>;

/** `▼ 1.9 points`; a dash where nothing may be compared. */
export function changeMark(changed: Changed, voice: Voice): string {
  return sayMove(changed, { up: "▲ ", down: "▼ ", same: "no change", none: "–" }, voice);
}

/**
 * `better` or `worse`: an arrow does not say which, and a reader from another team does not know.
 * Empty where nothing may be compared, nothing has changed, or neither way is good.
 */
export function changeGrade(changed: Changed): string {
  const { direction, change } = changed;
  if (direction === "neutral" || isPartial(changed) || change.better === null) return "";
  if (!differenceOf(changed)) return "";
  return change.better ? "better" : "worse";
}

/** `▼ 1.9 points (worse)`, for a table. */
export function gradedMark(changed: Changed, voice: Voice): string {
  return `${changeMark(changed, voice)}${inBrackets(changeGrade(changed))}`;
}

/** `▼ 1.9 points worse vs year`: with what it is against where that is not the week before. */
export function changePill(changed: Changed, voice: Voice): string {
  const mark = changeMark(changed, voice);
  if (isPartial(changed) || differenceOf(changed) === null) return mark;
  const grade = changeGrade(changed);
  return `${mark}${grade && ` ${grade}`}${basisOf(changed)}`;
}

/** Whether the change is against something else than the week (or month) before. */
export function isOtherBasis(changed: Changed): boolean {
  return !isPartial(changed) && differenceOf(changed) !== null && basisOf(changed) !== "";
}

/** `down 1.9 points (worse)`; for who hears it. */
export function changeWords(changed: Changed, voice: Voice): string {
  const move = sayMove(
    changed,
    { up: "up ", down: "down ", same: "no change", none: "no comparison" },
    voice,
  );
  return `${move}${inBrackets(changeGrade(changed))}`;
}

/** `down 1.9 points (worse) from 43.1% the week before`; without a comparison, why there is none. */
export function sayChange(changed: Changed, voice: Voice): string {
  return `${changeWords(changed, voice)}${changeSince(changed, voice)}`;
}

/** `▼ 1.9 points (worse) from 43.1% the week before`; without a comparison, why there is none. */
export function showChange(changed: Changed, voice: Voice): string {
  const isSilent = !isPartial(changed) && differenceOf(changed) === null;
  const mark = isSilent ? "not compared" : gradedMark(changed, voice);
  return `${mark}${changeSince(changed, voice)}`;
}

function sayMove(
  changed: Changed,
  words: { up: string; down: string; same: string; none: string },
  voice: Voice,
): string {
  if (isPartial(changed)) return changed.isLevel ? "the newest" : "so far";
  const difference = differenceOf(changed);
  if (difference === null) return words.none;
  if (difference === 0) return words.same;
  const relative = isThin(changed) ? null : changed.change.relative;
  const size = sayChangeSize(changed.unit, difference, relative, voice);
  return `${difference > 0 ? words.up : words.down}${size}`;
}

/** An open week, and a cohort that has not had its whole time. */
function isPartial({ status }: Changed): boolean {
  return status === "open" || status === "maturing";
}

function inBrackets(grade: string): string {
  return grade && ` (${grade})`;
}

function basisOf(changed: Changed): string {
  const { versus, previous, week, grain } = changed;
  if (versus !== "prev") return ` vs ${versus}`;
  if (isOfReports(changed)) return " vs report before";
  const count = previous === null ? 1 : periodsBetween(previous.week, week, grain);
  return count === 1 ? "" : ` vs ${periodsText(count, grain)} earlier`;
}

/** What is reported is held against the report before it, whenever that was. */
export function isOfReports({ reported, versus }: Pick<Changed, "reported" | "versus">): boolean {
  return versus === "prev" && reported !== undefined && reported !== null;
}

/** Null where nothing may be compared. */
function differenceOf({ change, previous }: Changed): number | null {
  if (previous === null || change.absolute === null) return null;
  return Number.isFinite(change.absolute) ? change.absolute : null;
}

function changeSince(changed: Changed, voice: Voice): string {
  const { unit, previous, week, grain } = changed;
  if (isPartial(changed)) return "";
  if (previous === null || differenceOf(changed) === null) return `: ${whyNone(changed)}`;
  const before = sayValue(unit, previous.value, voice);
  if (changed.versus === "target") return ` from the target of ${before}`;
  if (isOfReports(changed))
    return ` from ${before} in the report before, of ${periodName(previous.week, grain)}`;
  return ` from ${before}${sayDistance(previous.week, week, grain)}`;
}

function whyNone(changed: Changed): string {
  const { previous, versus, figures, flags, nMin } = changed;
  if (versus === "target" && previous === null) return "there is no target to compare it with";
  if (flags.includes("low_n") || (figures.n ?? 0) < nMin) return "the sample is thin";
  if (flags.includes("partial")) return `the ${periodNoun(changed.grain)} is partial`;
  if (flags.includes("partial_before"))
    return `the data begin within the ${periodNoun(changed.grain)} to compare with`;
  if (previous === null && isOfReports(changed)) return "it is the first report";
  if (previous === null && flags.includes("withheld"))
    return "the data do not reach further back, or are of too few accounts there";
  if (previous === null) return "the data do not reach further back";
  return previous.value === null
    ? "there was no value before"
    : "the sample of the period before is thin";
}

function sayDistance(from: string, to: string, grain: Grain | undefined): string {
  const count = periodsBetween(from, to, grain);
  return count === 1
    ? ` the ${periodNoun(grain)} before`
    : `, ${periodsText(count, grain)} earlier`;
}

function periodsBetween(from: string, to: string, grain: Grain | undefined): number {
  return periodsFrom(from, to, grain).length - 1;
}
