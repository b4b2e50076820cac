import type { VerdictWord } from "../answer.ts";
import type { History } from "./history.ts";
import { heightAt } from "./line.ts";
import { type Movement, type Standing, standingTo } from "./movement.ts";
import { poolWeeks, type Tested } from "./pool-weeks.ts";
import { type RunOfEight, runOfEight } from "./run-of-eight.ts";
import { isSeasonal } from "./seasonal.ts";
import { testWeek, type WeekTest } from "./test-week.ts";

/** All that is known of a week before the family is asked. */
export type Evidence =
  | { kind: "none" }
  | { kind: "too_few"; tested: Tested; standing: Standing }
  | { kind: "tested"; test: WeekTest; standing: Standing; run: RunOfEight | null };

/** What a verdict opens. */
export type Opening = Pick<
  Movement,
  "first" | "direction" | "size" | "openedBy" | "line" | "scale"
>;

export interface Judgement {
  word: VerdictWord;
  opens: Opening | null;
}

/** p, and p adjusted for the family, at which a week alone is out of the ordinary. */
const OK = { p: 0.01, adjusted: 0.1 };
/** p at which two weeks in a row are. */
const TWO_IN_A_ROW = 0.05;

const NO_MOVEMENT: Standing = { holds: false, doubled: false };

export function weighEvidence(history: History, week: number): Evidence {
  const tested = poolWeeks(history, week);
  if (tested === null) return { kind: "none" };
  const standing = history.movement ? standingTo(history.movement, tested) : NO_MOVEMENT;
  const test = testWeek(history, tested);
  if (test === null) return { kind: "too_few", tested, standing };
  return { kind: "tested", test, standing, run: test.alone ? runOfEight(history, week) : null };
}

/** Whether the family's m counts this week: all tested ones but those whose movement just goes on. */
export function countsInFamily(evidence: Evidence): evidence is Evidence & { kind: "tested" } {
  if (evidence.kind !== "tested") return false;
  return !evidence.standing.holds || evidence.standing.doubled;
}

/** The first that holds of METRICS.md 4.2 B's verdicts. `pAdjusted` is null outside the family's m. */
export function judgeWeek(
  history: History,
  week: number,
  evidence: Evidence,
  pAdjusted: number | null,
): Judgement {
  switch (evidence.kind) {
    case "none":
      return told("not_tested");
    case "too_few":
      return told(evidence.standing.holds ? "continuing" : "too_few_weeks");
    case "tested":
      return judgeTested(history, week, evidence, pAdjusted);
  }
}

function judgeTested(
  history: History,
  week: number,
  { test, standing, run }: Evidence & { kind: "tested" },
  pAdjusted: number | null,
): Judgement {
  const single = test.p <= OK.p && pAdjusted !== null && pAdjusted <= OK.adjusted;
  const alarming = (single || isSecondInARow(history, test)) && test.bigEnough;
  const seasonal = alarming && isSeasonal(history.departures, week, test.departure);
  const signal = alarming && !seasonal;
  if (standing.holds && !(standing.doubled && signal)) return told("continuing");
  if (signal && history.movement?.direction === test.side && !standing.doubled) {
    return told("continuing");
  }
  // Two in a row are news of both weeks.
  if (signal)
    return { word: "signal", opens: signalOpening(test, single ? test.tested.first : week - 1) };
  if (seasonal) return told("seasonal");
  if (run && history.movement === null && isRun(history, week, run)) {
    return { word: "run", opens: runOpening(run) };
  }
  return told("routine");
}

function told(word: VerdictWord): Judgement {
  return { word, opens: null };
}

function isSecondInARow({ weekBefore }: History, test: WeekTest): boolean {
  return (
    test.alone &&
    test.p <= TWO_IN_A_ROW &&
    weekBefore !== null &&
    weekBefore.p <= TWO_IN_A_ROW &&
    weekBefore.side === test.side
  );
}

function isRun(history: History, week: number, run: RunOfEight): boolean {
  const lasting = run.oneSided && run.allCounted && run.p <= OK.p && run.bigEnough;
  return lasting && !isSeasonal(history.runDeviations, week, run.d);
}

function signalOpening(test: WeekTest, first: number): Opening {
  const { line, scale } = test.fit;
  return {
    first,
    direction: test.side,
    size: Math.abs(test.y - heightAt(line, test.tested.t)),
    openedBy: "signal",
    line,
    scale,
  };
}

function runOpening({ first, d, fit: { line, scale } }: RunOfEight): Opening {
  const direction = d < 0 ? -1 : 1;
  return { first, direction, size: Math.abs(d), openedBy: "run", line, scale };
}
