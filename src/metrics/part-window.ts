/** Where a part of a derived metric lies, in weeks or in the months that it is asked by. */

import { type Grain, monthsOf } from "../periods.ts";
import type { Part } from "./catalogue/index.ts";

export interface PartWindow {
  /** As a question says it. */
  width: number;
  /** How many weeks, months or quarters before the one asked about it ends. */
  ago: number;
}

const WEEKS_OF_YEAR = 52;

/** Whether a part has a place among months and quarters: its weeks are theirs, those before, or a year's before. */
export function hasPeriods({ window, weeksAgo }: Pick<Part, "window" | "weeksAgo">): boolean {
  return weeksAgo === 0 || weeksAgo === WEEKS_OF_YEAR || (weeksAgo === 1 && window === 1);
}

/**
 * In a month a part of a single week is the month, the week before is the month before, and the week
 * of the year before the same month of it. A part of several weeks has them still, those that end with
 * the month, for an expression is written for so many.
 */
export function partWindow(
  { window, weeksAgo }: Pick<Part, "window" | "weeksAgo">,
  grain?: Grain,
): PartWindow {
  const isYear = grain !== undefined && weeksAgo === WEEKS_OF_YEAR;
  return { width: window, ago: isYear ? 12 / monthsOf(grain) : weeksAgo };
}
