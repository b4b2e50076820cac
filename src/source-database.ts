/** The user's own database, out of which a mapping may read. */
import type { Config } from "./config/index.ts";
import { type Database, openDatabase } from "./db/index.ts";
import type { Log } from "./log.ts";

/** A SELECT over a whole table may take its time; one that never ends must not hold up the reports. */
const LONGEST_SELECT_MS = 10 * 60 * 1_000;

/**
 * Null where none is named. Connected by its first statement, and to be closed. `signal`, once aborted,
 * ends what is under way there.
 */
export function openSource(
  { sourceDatabaseUrl }: Pick<Config, "sourceDatabaseUrl">,
  log: Log,
  signal: AbortSignal,
): Database | null {
  if (sourceDatabaseUrl === null) return null;
  const source = openDatabase(sourceDatabaseUrl, {
    max: 1,
    applicationName: "throughline sources",
    statementTimeoutMs: LONGEST_SELECT_MS,
    connectTimeoutMs: 20_000,
    // Its tables are found where its own login finds them.
    settings: { search_path: null },
    log,
  });
  signal.addEventListener("abort", () => void source.interrupt(), { once: true });
  return source;
}
