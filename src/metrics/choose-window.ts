/** The window of an answer to a person: the metric's own, or wider when the sample is thin (METRICS.md 1.5). */
import type { AnswerFlag } from "./answer.ts";

const WIDER = [4, 13, 26];

export interface ChosenWindow {
  weeks: number;
  flag: AnswerFlag | null;
}

/**
 * `unitsAt` gives n of the latest window of a width in weeks. The smallest of 4, 13, 26 that
 * reaches `nMin` is taken for the whole series; when none does, the metric's own stands, flagged.
 */
export async function chooseWindow(
  ownWeeks: number,
  nMin: number,
  unitsAt: (weeks: number) => Promise<number>,
): Promise<ChosenWindow> {
  if ((await unitsAt(ownWeeks)) >= nMin) return { weeks: ownWeeks, flag: null };
  for (const weeks of WIDER.filter((width) => width > ownWeeks)) {
    if ((await unitsAt(weeks)) >= nMin) return { weeks, flag: "widened" };
  }
  return { weeks: ownWeeks, flag: "low_n" };
}
