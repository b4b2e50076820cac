import type { VerdictWord } from "../answer.ts";
import { adjustFamily } from "./family.ts";
import { type History, startHistory, type VerdictSeries } from "./history.ts";
import { countsInFamily, type Evidence, judgeWeek, weighEvidence } from "./judge-week.ts";
import { type Ending, keepBooks, settleNewNormal } from "./keep-books.ts";

/** The movement that is open after a week. Weeks are indexes of the series. */
export interface OpenMovement {
  first: number;
  direction: 1 | -1;
  /** Distance from its line when it opened, on the scale of the test. */
  size: number;
  openedBy: "signal" | "run";
  /** The week whose verdict opened it. */
  openedIn: number;
}

/** Values are on the metric's own scale: fractions 0..1, NPS in points. Null: nothing was tested. */
export interface WeekVerdict {
  word: VerdictWord;
  value: number | null;
  expected: number | null;
  /** Limits that a routine week stays within in 99 of 100. */
  low: number | null;
  high: number | null;
  /** T: the departure in standard errors. */
  z: number | null;
  p: number | null;
  /** Also null where an open movement just goes on: the family does not count it. */
  pAdjusted: number | null;
  /** From the first week pooled to this one; 1: this week alone. */
  pooledWeeks: number | null;
  /** First week of the open movement, for the words signal, continuing and run. */
  since: number | null;
  movement: OpenMovement | null;
  /** Movements that stopped being open in this week: at most a new normal and another. */
  ended: readonly { first: number; how: Ending }[];
}

/**
 * The verdicts of a family, each series of which starts in the same calendar week: a list of weeks
 * for each. A week's verdict uses nothing later than the week, but of all of the family.
 * Throws if the series differ in length. Source: METRICS.md 4.2 B.
 */
export function walkVerdicts(family: readonly VerdictSeries[]): WeekVerdict[][] {
  const length = family[0]?.observations.length ?? 0;
  if (family.some(({ observations }) => observations.length !== length)) {
    throw new Error("the series of a family cover different weeks");
  }
  const walks = family.map((series) => ({
    history: startHistory(series),
    verdicts: [] as WeekVerdict[],
  }));
  for (let week = 0; week < length; week++) walkWeek(walks, week);
  return walks.map(({ verdicts }) => verdicts);
}

interface Walk {
  history: History;
  verdicts: WeekVerdict[];
}

function walkWeek(walks: readonly Walk[], week: number): void {
  const asked = walks.map(({ history, verdicts }) => {
    const settled = settleNewNormal(history, week);
    return { history, verdicts, settled, evidence: weighEvidence(history, week) };
  });
  const counted = asked.map(({ evidence }) => evidence).filter(countsInFamily);
  const adjusted = adjustFamily(counted.map(({ test }) => test.p));
  const pAdjusted = new Map<Evidence, number>();
  for (const [index, evidence] of counted.entries()) pAdjusted.set(evidence, adjusted[index] ?? 1);
  for (const { history, verdicts, settled, evidence } of asked) {
    const ofFamily = pAdjusted.get(evidence) ?? null;
    const judgement = judgeWeek(history, week, evidence, ofFamily);
    const closed = keepBooks(history, week, evidence, judgement);
    const ended: { first: number; how: Ending }[] = [];
    if (settled) ended.push({ first: settled.first, how: "new_normal" });
    if (closed) ended.push({ first: closed.movement.first, how: closed.how });
    const { movement } = history;
    verdicts.push({
      word: judgement.word,
      ...figuresOf(evidence, week),
      pAdjusted: ofFamily,
      since: tellsSince(judgement.word) ? (movement?.first ?? null) : null,
      movement: movement && openMovement(movement),
      ended,
    });
  }
}

type TestFigures = Pick<
  WeekVerdict,
  "value" | "expected" | "low" | "high" | "z" | "p" | "pooledWeeks"
>;

const UNTESTED: TestFigures = {
  value: null,
  expected: null,
  low: null,
  high: null,
  z: null,
  p: null,
  pooledWeeks: null,
};

function figuresOf(evidence: Evidence, week: number): TestFigures {
  if (evidence.kind !== "tested") return UNTESTED;
  const { tested, value, expected, low, high, T, p } = evidence.test;
  return { value, expected, low, high, z: T, p, pooledWeeks: week - tested.first + 1 };
}

function tellsSince(word: VerdictWord): boolean {
  return word === "signal" || word === "continuing" || word === "run";
}

function openMovement(movement: OpenMovement): OpenMovement {
  const { first, direction, size, openedBy, openedIn } = movement;
  return { first, direction, size, openedBy, openedIn };
}
