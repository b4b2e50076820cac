/** What is asked of whoever decides which sums may be told, and what the decision is made from. */
import type { Filters } from "../answer.ts";

/** The accounts behind one window of one population, those alike counted together. */
export type AccountTable = readonly AccountProfile[];

/** Accounts that stand under the very same labels of the dimensions of a question. */
export interface AccountProfile {
  accounts: number;
  /**
   * A label for each dimension of the question, its filters and what it is cut by. Several, where
   * rows of the same account stand under several, as those of two kinds of revenue do.
   */
  labels: readonly Labels[];
}

export type Labels = Readonly<Record<string, string>>;

/** Labels of one dimension that are told as one segment. */
export interface SegmentGroup {
  labels: readonly string[];
  /** Those of them that have too few accounts to be told alone. */
  small: readonly string[];
}

/**
 * Decides, from counts alone, what may be told of a sensitive metric. Several tables are the
 * populations that one number is made of; it may be told when all of them may.
 */
export interface Discretion {
  mayTell(tables: readonly AccountTable[], filters: Filters): boolean;
  /** The rows of a breakdown, each of which may be told, in no order; `filters` may be told. */
  segments(tables: readonly AccountTable[], filters: Filters, by: string): SegmentGroup[];
  /** The nearest wider filters that may be told; null: not even all accounts together. */
  nearest(tables: readonly AccountTable[], filters: Filters): Filters | null;
}
