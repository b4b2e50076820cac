import pg from "pg";
import { errorFields, type Log } from "../log.ts";
import { endSessions } from "./end-sessions.ts";
import { PoolDatabase } from "./pool-database.ts";
import { planSession } from "./session-options.ts";
import type { Database } from "./sql.ts";
import { valueParsers } from "./value-parsers.ts";

export interface DatabaseOptions {
  /** Connections at most. */
  max: number;
  applicationName: string;
  /**
   * 0: no limit. A server that has not even said no some seconds later is taken for gone: the
   * connection may be dead without either side knowing.
   */
  statementTimeoutMs: number;
  /** How long a caller waits for a connection, a new one or one of the pool; 30 s when absent. */
  connectTimeoutMs?: number;
  /** For every connection, such as `search_path` or `kpi.tz`; null: as the login has it. */
  settings?: Readonly<Record<string, string | null>>;
  /** The restricted login of the same database, for statements that are not ours; absent: they are refused. */
  guest?: { url: string; max: number; statementTimeoutMs: number } | undefined;
  log: Log;
}

const defaultConnectTimeoutMs = 30_000;
/** For the server's own word that the time is up, and its way here. */
const graceMs = 5_000;

/**
 * Opens a pool; nothing is connected until the first statement. Rows come as value-parsers.ts
 * says. Names are looked up in `bot, source, public` unless `settings` says otherwise. A URL with
 * `?pgbouncer=true` makes every statement a transaction of its own (session-options.ts).
 * Statements throw: an error of the server with its SQLSTATE, or a lost connection
 * (`isConnectionLoss`).
 */
export function openDatabase(url: string, options: DatabaseOptions): Database {
  return openPool(url, options);
}

function openPool(url: string, options: DatabaseOptions): PoolDatabase {
  const {
    connectionString,
    options: sessionOptions,
    perTransaction,
  } = planSession(url, {
    statement_timeout: String(options.statementTimeoutMs),
    ...options.settings,
  });
  const pool = new pg.Pool({
    connectionString,
    options: sessionOptions,
    application_name: options.applicationName,
    max: options.max,
    connectionTimeoutMillis: options.connectTimeoutMs ?? defaultConnectTimeoutMs,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    types: valueParsers,
  });
  // Without a listener the loss of an idle connection ends the process.
  pool.on("error", (error) => options.log.warn("an idle connection was lost", errorFields(error)));
  // A connection in use has its own: the statement that fails on it is what tells the caller.
  pool.on("connect", (client) => client.on("error", () => {}));
  const { statementTimeoutMs } = options;
  const silenceMs = statementTimeoutMs === 0 ? null : statementTimeoutMs + graceMs;
  const end = (pids: readonly number[]): Promise<void> => endSessions(connectionString, pids);
  return new PoolDatabase(pool, perTransaction, silenceMs, end, openGuests(options));
}

function openGuests({ guest, ...options }: DatabaseOptions): PoolDatabase | null {
  if (guest === undefined) return null;
  const { url, ...limits } = guest;
  const applicationName = `${options.applicationName} guest`;
  return openPool(url, { ...options, ...limits, applicationName });
}
