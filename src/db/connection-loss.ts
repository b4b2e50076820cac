/** The connection ended, or none could be had in time; the cause is the driver's error. */
export class ConnectionLost extends Error {
  override name = "ConnectionLost";

  constructor(cause: unknown) {
    super("the connection to the database was lost", { cause });
  }
}

/**
 * The SQLSTATE of an error, or null. Only an error that the server sent has one.
 * Source: PostgreSQL, appendix A.
 */
export function sqlState(error: unknown): string | null {
  const code = errorCode(error);
  // `severity` tells a server's error from a system error with five capitals, such as EPIPE.
  const fromServer = error instanceof Error && "severity" in error;
  return fromServer && /^[0-9A-Z]{5}$/.test(code) ? code : null;
}

/** The code of an error, a SQLSTATE or a system's such as ECONNREFUSED; empty where there is none. */
export function errorCode(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}

/**
 * Whether trying again on a new connection may help. The statement that failed may have been done
 * all the same, a COMMIT too.
 */
export function isConnectionLoss(error: unknown): boolean {
  if (error instanceof ConnectionLost) return true;
  const state = sqlState(error);
  if (state !== null) return state.startsWith("08") || lostStates.has(state);
  return lostCodes.has(errorCode(error));
}

const lostStates = new Set([
  "57P01", // admin_shutdown
  "57P02", // crash_shutdown
  "57P03", // cannot_connect_now: starting, stopping or in recovery
  "57P05", // idle_session_timeout
  "25P03", // idle_in_transaction_session_timeout
]);

const lostCodes = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "ECONNABORTED",
  "EPIPE",
  "ETIMEDOUT",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOTFOUND",
  "EAI_AGAIN",
]);
