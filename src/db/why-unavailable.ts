import { isConnectionLoss, sqlState } from "./connection-loss.ts";

/**
 * Why the database could not do now what it may do later: it is away, takes no changes (a standby,
 * or a primary that is being failed over), is out of something (connections, disk, memory), or did
 * not come to an end in time, behind a lock or by itself.
 */
export type Unavailable = "away" | "read_only" | "full" | "too_slow";

/** Null for every other error, which trying again does not mend. Source: PostgreSQL, appendix A. */
export function whyUnavailable(error: unknown): Unavailable | null {
  if (isConnectionLoss(error)) return "away";
  const state = sqlState(error) ?? "";
  if (state === "25006") return "read_only";
  if (state.startsWith("53")) return "full";
  return tooSlow.has(state) ? "too_slow" : null;
}

const tooSlow = new Set([
  "57014", // query_canceled: statement_timeout, for nobody else cancels ours
  "55P03", // lock_not_available
]);
