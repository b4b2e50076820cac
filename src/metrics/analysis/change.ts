import type { Change, Direction, Figures } from "../answer.ts";
import { compareNps } from "./compare-nps.ts";
import type { Comparison } from "./comparison.ts";
import { type Answers, type Kind, shareOf } from "./observation.ts";
import { compareShares } from "./two-proportions.ts";

/** One side of a change. `answers`: of NPS, whose figures do not say how many were promoters. */
export type Side = Pick<Figures, "value" | "n"> & { answers?: Answers | null };

export interface ChangeTerms {
  direction: Direction;
  /** The metric's test; null: none. */
  test: Kind | null;
  /** Both sides are final and of enough units: else there is no comparison. */
  comparable: boolean;
  /** The two windows share no data: else there is no p and no interval. */
  disjoint: boolean;
}

const NO_COMPARISON: Change = {
  absolute: null,
  relative: null,
  better: null,
  p: null,
  interval: null,
};

/**
 * How a value differs from the previous one, in the metric's unit (of fractions a difference of
 * fractions). All null where there is nothing to compare. Source: METRICS.md 4.1 and 4.2 A.
 */
export function changeOf(current: Side, previous: Side | null, terms: ChangeTerms): Change {
  if (!terms.comparable || previous === null) return NO_COMPARISON;
  if (current.value === null || previous.value === null) return NO_COMPARISON;
  const absolute = differenceOf(current.value, previous.value);
  const comparison = terms.disjoint ? compare(terms.test, current, previous) : null;
  return {
    absolute,
    relative: previous.value === 0 ? null : absolute / Math.abs(previous.value),
    better: isBetter(absolute, terms.direction),
    p: comparison?.p ?? null,
    interval: comparison?.interval ?? null,
  };
}

/** What float64 loses, relative to the larger value, where the same rows are added up in another order. */
const LOST = 1e-12;

/** 0 where the two differ by no more than what adding up has lost: no row moved, so nothing changed. */
function differenceOf(current: number, previous: number): number {
  const difference = current - previous;
  const lost = LOST * Math.max(Math.abs(current), Math.abs(previous));
  return Math.abs(difference) <= lost ? 0 : difference;
}

function isBetter(absolute: number, direction: Direction): boolean | null {
  if (absolute === 0 || direction === "neutral") return null;
  return absolute > 0 === (direction === "up");
}

function compare(test: Kind | null, current: Side, previous: Side): Comparison | null {
  if (test === "nps") {
    return current.answers?.n && previous.answers?.n
      ? compareNps(current.answers, previous.answers)
      : null;
  }
  if (test !== "prop" || !current.n || !previous.n) return null;
  if (current.value === null || previous.value === null) return null;
  return compareShares(shareOf(current.value, current.n), shareOf(previous.value, previous.n));
}
