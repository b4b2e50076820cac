/** The change against the period before, in words. */
import type { Answer } from "../metrics/index.ts";
import { sayChangeSize, sayValue } from "./say-number.ts";
import { weeksText } from "./say-week.ts";
import type { Voice } from "./voice.ts";

export type Changed = Pick<
  Answer,
  "unit" | "change" | "previous" | "versus" | "week" | "status" | "figures" | "flags" | "nMin"
>;

/** `▼ 1.9 points`; a dash where nothing may be compared. */
export function changeMark(changed: Changed, voice: Voice): string {
  return sayMove(changed, { up: "▲ ", down: "▼ ", same: "no change", none: "–" }, voice);
}

/** `down 1.9 points`; for who hears it. */
export function changeWords(changed: Changed, voice: Voice): string {
  return sayMove(
    changed,
    { up: "up ", down: "down ", same: "no change", none: "no comparison" },
    voice,
  );
}

/** `down 1.9 points from 43.1% the week before`; without a comparison, why there is none. */
export function sayChange(changed: Changed, voice: Voice): string {
  return `${changeWords(changed, voice)}${changeSince(changed, voice)}`;
}

/** `▼ 1.9 points from 43.1% the week before`; without a comparison, why there is none. */
export function showChange(changed: Changed, voice: Voice): string {
  const isSilent = changed.status !== "open" && differenceOf(changed) === null;
  const mark = isSilent ? "not compared" : changeMark(changed, voice);
  return `${mark}${changeSince(changed, voice)}`;
}

function sayMove(
  changed: Changed,
  words: { up: string; down: string; same: string; none: string },
  voice: Voice,
): string {
  if (changed.status === "open") return "so far";
  const difference = differenceOf(changed);
  if (difference === null) return words.none;
  if (difference === 0) return words.same;
  const size = sayChangeSize(changed.unit, difference, changed.change.relative, voice);
  return `${difference > 0 ? words.up : words.down}${size}`;
}

/** Null where nothing may be compared. */
function differenceOf({ change, previous }: Changed): number | null {
  if (previous === null || change.absolute === null) return null;
  return Number.isFinite(change.absolute) ? change.absolute : null;
}

function changeSince(changed: Changed, voice: Voice): string {
  const { unit, previous, week, status } = changed;
  if (status === "open") return "";
  if (previous === null || differenceOf(changed) === null) return `: ${whyNone(changed)}`;
  const before = sayValue(unit, previous.value, voice);
  if (changed.versus === "target") return ` from the target of ${before}`;
  return ` from ${before}${sayDistance(previous.week, week)}`;
}

function whyNone({ previous, versus, figures, flags, nMin }: Changed): string {
  if (versus === "target" && previous === null) return "there is no target to compare it with";
  if (flags.includes("low_n") || (figures.n ?? 0) < nMin) return "the sample is thin";
  if (previous === null) return "the data do not reach further back";
  return previous.value === null
    ? "there was no value before"
    : "the sample of the period before is thin";
}

function sayDistance(from: string, to: string): string {
  const { days } = Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to));
  return days === 7 ? " the week before" : `, ${weeksText(Math.round(days / 7))} earlier`;
}
