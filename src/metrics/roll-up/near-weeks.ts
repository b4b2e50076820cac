/** Which missing weeks are computed together: what lies between them is read as well. */
import type { WeekStart } from "../answer.ts";
import { weeksBetween } from "../week.ts";

/**
 * Half a year: what windows read, four or thirteen weeks mostly, then is less than what lies between.
 * Nearer ones share what they read.
 */
const APART = 26;

/**
 * Weeks (or months) parted where more than half a year lies between two of them, in order. A row of two
 * years ago that is corrected together with a new week would otherwise cost two years of reading.
 */
export function nearWeeks(weeks: Iterable<WeekStart>): WeekStart[][] {
  const runs: WeekStart[][] = [];
  for (const week of [...new Set(weeks)].sort()) {
    const run = runs.at(-1);
    const before = run?.at(-1);
    if (run === undefined || before === undefined || weeksBetween(before, week) > APART)
      runs.push([week]);
    else run.push(week);
  }
  return runs;
}
