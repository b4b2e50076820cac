/** A window of days [a, b). All windows of one question have the same width. */

import type { WeekStart } from "../answer.ts";
import { addWeeks } from "../week.ts";

export interface Window {
  a: string;
  b: string;
}

/** The window of `width` weeks that ends with `week`. */
export function windowOf(week: WeekStart, width: number): Window {
  return { a: addWeeks(week, 1 - width), b: addWeeks(week, 1) };
}
