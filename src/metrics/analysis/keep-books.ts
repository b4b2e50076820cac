import type { History } from "./history.ts";
import type { Evidence, Judgement, Opening } from "./judge-week.ts";
import type { Movement } from "./movement.ts";
import { clippedTo } from "./scale.ts";
import type { WeekTest } from "./test-week.ts";

/** How a movement stopped being open. */
export type Ending = "returned" | "replaced" | "new_normal";

/** Weeks after its opening verdict until a movement is the new normal. */
const LASTING = 12;
/** Tested weeks without it that close a movement. */
const CLOSING = 2;
/** p at which a week counts in later baselines as the limit it crossed. */
const CLIPPING = 0.01;

/** Before a week is tested: movements that lasted, or that a person declared, become the normal. */
export function settleNewNormal(history: History, week: number): Movement | null {
  const { movement } = history;
  const lasted = movement !== null && week === movement.openedIn + LASTING;
  const declared = history.series.resets.includes(week);
  if (!lasted && !declared) return null;
  if (movement) giveBack(history, movement);
  history.movement = null;
  history.reset = declared ? week : (movement?.first ?? week);
  for (const clipped of history.clipped.keys()) {
    if (clipped >= history.reset) history.clipped.delete(clipped);
  }
  history.weekBefore = null;
  return movement;
}

/** After a week is judged. Returns the movement that it closed, and how. */
export function keepBooks(
  history: History,
  week: number,
  evidence: Evidence,
  { word, opens }: Judgement,
): { movement: Movement; how: Ending } | null {
  remember(history, week, evidence);
  if (evidence.kind === "none") return null;
  const test = evidence.kind === "tested" ? evidence.test : null;
  if (test?.alone && word !== "continuing") clip(history, week, test);
  if (word === "seasonal") history.leftOut.add(week);
  if (opens) return replace(history, week, opens);
  if (word === "continuing") {
    const { weeks } = evidence.kind === "tested" ? evidence.test.tested : evidence.tested;
    goOn(history, weeks);
    return null;
  }
  return test ? miss(history) : null;
}

function remember(history: History, week: number, evidence: Evidence): void {
  history.weekBefore = null;
  if (evidence.kind !== "tested" || !evidence.test.alone) return;
  const { p, side, departure } = evidence.test;
  history.weekBefore = { p, side };
  history.departures.set(week, departure);
  if (evidence.run) history.runDeviations.set(week, evidence.run.d);
}

function clip(history: History, week: number, test: WeekTest): void {
  if (test.p > CLIPPING || history.series.kind === "nps") return;
  const limit = test.side < 0 ? test.low : test.high;
  history.clipped.set(week, clippedTo(test.fit.scale, test.tested.sample, limit));
}

function replace(
  history: History,
  week: number,
  opens: Opening,
): { movement: Movement; how: Ending } | null {
  const former = history.movement;
  if (former) giveBackSpike(history, former);
  const weeks = new Set<number>();
  for (let own = opens.first; own <= week; own++) weeks.add(own);
  for (const own of weeks) history.leftOut.add(own);
  history.movement = { ...opens, openedIn: week, weeks, last: week, missed: 0 };
  return former && { movement: former, how: "replaced" };
}

function goOn(history: History, weeks: readonly number[]): void {
  const { movement } = history;
  if (!movement) return;
  for (const week of weeks) {
    movement.weeks.add(week);
    movement.last = Math.max(movement.last, week);
    history.leftOut.add(week);
  }
  movement.missed = 0;
}

function miss(history: History): { movement: Movement; how: Ending } | null {
  const { movement } = history;
  if (!movement) return null;
  movement.missed++;
  if (movement.missed < CLOSING) return null;
  giveBackSpike(history, movement);
  history.movement = null;
  return { movement, how: "returned" };
}

/** A movement of one week was a spike, not another level: later baselines may count it. */
function giveBackSpike(history: History, movement: Movement): void {
  if (movement.weeks.size === 1) giveBack(history, movement);
}

function giveBack(history: History, movement: Movement): void {
  for (const week of movement.weeks) history.leftOut.delete(week);
}
