import { readdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { runner } from "node-pg-migrate";
import pg from "pg";
import { z } from "zod";
import { errorFields, type Log } from "../log.ts";
import { endSessions, sessionOf } from "./end-sessions.ts";
import { oldestServer } from "./oldest-server.ts";
import { openDatabase } from "./open-database.ts";
import { isPooled } from "./session-options.ts";
import type { Database } from "./sql.ts";

const migrationsFolder = fileURLToPath(new URL("../../migrations", import.meta.url));

/**
 * Brings the schema up to date, all pending migrations in one transaction, or the first `count` of
 * them; the names of those applied. Replicas that start together wait for each other. A failure throws
 * and leaves the database as it was, and so does the signal, after which it throws. Through a pooler
 * nothing is applied, for the lock is a session's and would stay on a connection of the pool: it throws
 * where anything is pending.
 */
export async function migrate(
  url: string,
  log: Log,
  signal?: AbortSignal,
  count = Number.POSITIVE_INFINITY,
): Promise<string[]> {
  if (isPooled(url)) return refusePending(url, log);
  // A client of ours, because the library's own has no error listener, without which a lost
  // connection ends the process, and is not closed when the call returns.
  const client = new pg.Client({ connectionString: url, application_name: "throughline migrate" });
  client.on("error", (error) =>
    log.warn("the migration's connection was lost", errorFields(error)),
  );
  await client.connect();
  const interrupt = (): void => {
    const pid = sessionOf(client);
    if (pid !== null) void endSessions(url, [pid]);
  };
  signal?.addEventListener("abort", interrupt, { once: true });
  try {
    signal?.throwIfAborted();
    await refuseOldServer(client);
    const applied = await apply(client, count);
    for (const { name } of applied) log.info("migration applied", { name });
    return applied.map(({ name }) => name);
  } finally {
    signal?.removeEventListener("abort", interrupt);
    await client.end();
  }
}

/** Those of this program, oldest first. */
export function knownMigrations(): string[] {
  return readdirSync(migrationsFolder)
    .filter((file) => file.endsWith(".sql"))
    .map((file) => path.basename(file, ".sql"))
    .sort();
}

/** The names of the migrations that `migrate` would apply, oldest first. Changes nothing. */
export async function pendingMigrations(db: Database): Promise<string[]> {
  const known = knownMigrations();
  const table = z.object({ there: z.boolean() });
  const [found] = await db.rows(table, "SELECT to_regclass('bot.migration') IS NOT NULL AS there");
  if (!found?.there) return known;
  const applied = await db.rows(z.object({ name: z.string() }), "SELECT name FROM bot.migration");
  const names = new Set(applied.map(({ name }) => name));
  return known.filter((name) => !names.has(name));
}

async function refusePending(url: string, log: Log): Promise<[]> {
  const options = { max: 1, applicationName: "throughline migrate", statementTimeoutMs: 0, log };
  const db = openDatabase(url, options);
  try {
    if ((await pendingMigrations(db)).length === 0) return [];
  } finally {
    await db.close();
  }
  throw new MigrateDirectly("migrations are pending, and a pooler stands before the server");
}

/** Its code is told like a SQLSTATE. */
class MigrateDirectly extends Error {
  readonly code = "migrate_directly";
}

/** Its code is told like a SQLSTATE. */
class UnsupportedVersion extends Error {
  readonly code = "unsupported_version";
}

async function refuseOldServer(client: pg.Client): Promise<void> {
  const answer = await client.query<{ version: number }>(
    "SELECT current_setting('server_version_num')::int AS version",
  );
  const version = answer.rows[0]?.version ?? 0;
  if (version < oldestServer * 10_000)
    throw new UnsupportedVersion(`PostgreSQL ${Math.floor(version / 10_000)} is too old`);
}

function apply(dbClient: pg.Client, count: number) {
  return runner({
    dbClient,
    count,
    dir: migrationsFolder,
    direction: "up",
    migrationsSchema: "bot",
    migrationsTable: "migration",
    createMigrationsSchema: true,
    singleTransaction: true,
    advisoryLockMode: "wait",
    // Its messages quote statements whole; what matters is in the error and in the list.
    log: () => {},
  });
}
