/** The change against the period before, in words. */
import type { Answer } from "../metrics/index.ts";
import { sayChangeSize, sayValue } from "./say-number.ts";
import { weekName, weeksText } from "./say-week.ts";
import type { Voice } from "./voice.ts";

type Changed = Pick<
  Answer,
  "unit" | "change" | "previous" | "windowWeeks" | "defaultWindowWeeks" | "status"
>;

/** `▼ 1.9 points`; a dash where nothing may be compared. */
export function changeMark({ unit, change }: Changed, voice: Voice): string {
  if (change.absolute === null) return "–";
  if (change.absolute === 0) return "no change";
  return `${change.absolute > 0 ? "▲" : "▼"} ${sayChangeSize(unit, change.absolute, change.relative, voice)}`;
}

/** `Down 1.9 points from 43.1% the week before`. */
export function sayChange(changed: Changed, voice: Voice): string {
  const { unit, change, previous } = changed;
  if (changed.status === "open") return "An open week is not compared with a complete one";
  if (change.absolute === null || previous === null) return "No comparison with the period before";
  const before = `${sayValue(unit, previous.value, voice)} ${periodBefore(changed)}`;
  if (change.absolute === 0) return `Unchanged from ${before}`;
  return `${change.absolute > 0 ? "Up" : "Down"} ${sayChangeSize(unit, change.absolute, change.relative, voice)} from ${before}`;
}

function periodBefore({ windowWeeks, defaultWindowWeeks, previous }: Changed): string {
  if (windowWeeks === defaultWindowWeeks) return "the week before";
  return `in the ${weeksText(windowWeeks)} to ${previous ? weekName(previous.week) : "before"}`;
}
