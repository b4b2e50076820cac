import { assertNever } from "../../result.ts";

/** What is tested (METRICS.md 4.2 B): shares, NPS, counts of events, standing counts, other numbers. */
export type Kind = "prop" | "nps" | "flow" | "stock" | "value";

/** `x` of `n` independent units said yes. */
export interface Share {
  x: number;
  n: number;
}

/** Answers to the NPS question; those between promoters and detractors are only in `n`. */
export interface Answers {
  promoters: number;
  detractors: number;
  n: number;
}

/**
 * One week of a series: prop has shares, nps answers, the other kinds numbers. Null is none: an open
 * or missing week, or for kind value one of fewer than n_min units.
 */
export type Observation = number | Share | Answers | null;

/**
 * An observation in the form that all kinds share: the sum of the scores of `n` units (yes 1, no 0;
 * promoter 1, detractor -1) and of their squares. A number is one unit. Samples of units pool by
 * adding up.
 */
export interface Sample {
  sum: number;
  squares: number;
  n: number;
}

/**
 * Null for none, which includes shares and answers of no units and what cannot be one of its kind
 * (more yes than units, a negative count, not a number): a definition that yields such a week must
 * not stop its family. Throws if the shape is another kind's.
 */
export function sampleOf(kind: Kind, observation: Observation): Sample | null {
  if (observation === null) return null;
  switch (kind) {
    case "prop":
      if (typeof observation === "number" || !("x" in observation)) break;
      return ofUnits(observation.x, 0, observation.n);
    case "nps":
      if (typeof observation === "number" || !("promoters" in observation)) break;
      return ofUnits(observation.promoters, observation.detractors, observation.n);
    case "flow":
    case "stock":
      if (typeof observation !== "number") break;
      return observation >= 0 ? ofNumber(observation) : null;
    case "value":
      if (typeof observation !== "number") break;
      return ofNumber(observation);
    default:
      return assertNever(kind);
  }
  throw new Error(`not an observation of kind ${kind}: ${JSON.stringify(observation)}`);
}

function ofUnits(plus: number, minus: number, n: number): Sample | null {
  const possible = n > 0 && plus >= 0 && minus >= 0 && plus + minus <= n && Number.isFinite(n);
  return possible ? { sum: plus - minus, squares: plus + minus, n } : null;
}

function ofNumber(sum: number): Sample | null {
  return Number.isFinite(sum) ? { sum, squares: sum ** 2, n: 1 } : null;
}

/** All units of several weeks as one sample. */
export function pool(samples: readonly Sample[]): Sample {
  const total = { sum: 0, squares: 0, n: 0 };
  for (const sample of samples) {
    total.sum += sample.sum;
    total.squares += sample.squares;
    total.n += sample.n;
  }
  return total;
}

/** A fraction of `n` units as whole units, so that ratios over pairs are tested by their accounts. */
export function shareOf(value: number, n: number): Share {
  return { x: Math.round(value * n), n };
}
