import { errorCode, isConnectionLoss, sqlState } from "./connection-loss.ts";

/**
 * A SQLSTATE, or the system's word for why a database does not answer; an error without one is a bug
 * and is thrown.
 */
export function databaseCode(error: unknown): string {
  const code = sqlState(error) ?? codeOf(error);
  if (code === null) throw error;
  return code;
}

/** A connection that fails on every address of a host has its code on each of them. */
function codeOf(error: unknown): string | null {
  const first = error instanceof AggregateError ? error.errors[0] : error;
  return errorCode(first) || (isConnectionLoss(error) ? "connection_lost" : null);
}
