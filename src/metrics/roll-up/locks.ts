/** The advisory locks of the roll-ups; any constants of our own. */

/** Alone for whoever renews the facts, shared by those who compute cells from them. */
export const FACTS_LOCK = 7_206_111;
/** For the moment in which new labels get their codes. */
export const CODES_LOCK = 7_206_110;
/** With the metric's hash: who computes cells of a metric. */
export const CELLS_LOCK = 7_206_112;
/** Who walks the verdicts: who renewed the facts last must be the last to store. */
export const VERDICTS_LOCK = 7_206_113;
