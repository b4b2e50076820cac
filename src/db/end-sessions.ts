import pg from "pg";

/** How long a session is waited for: what it has done so far is rolled back, and its locks are let go. */
const GONE_WITHIN_MS = 2_000;

/**
 * Ends sessions of the same login, by the process ids that the server gave them, and waits until they
 * are gone. Never throws: a server that does not answer has nothing under way for anybody.
 */
export async function endSessions(
  connectionString: string,
  pids: readonly number[],
): Promise<void> {
  const client = new pg.Client({
    connectionString,
    application_name: "throughline stop",
    connectionTimeoutMillis: GONE_WITHIN_MS,
    query_timeout: 2 * GONE_WITHIN_MS,
  });
  client.on("error", () => {});
  try {
    await client.connect();
    await client.query("SELECT pg_terminate_backend(pid, $2) FROM unnest($1::int[]) AS pid", [
      pids,
      GONE_WITHIN_MS,
    ]);
  } catch {
    // Gone already, with all that it did.
  } finally {
    await client.end().catch(() => {});
  }
}

/** The server's process behind a connection, which the driver keeps and its types do not name. */
export function sessionOf(client: object): number | null {
  const pid: unknown = Reflect.get(client, "processID");
  return typeof pid === "number" ? pid : null;
}
