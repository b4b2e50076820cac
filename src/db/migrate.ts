import { fileURLToPath } from "node:url";
import { runner } from "node-pg-migrate";
import pg from "pg";
import { errorFields, type Log } from "../log.ts";

const migrationsFolder = fileURLToPath(new URL("../../migrations", import.meta.url));

/**
 * Brings the schema up to date, all pending migrations in one transaction; the names of those
 * applied. Replicas that start together wait for each other. A failure throws and leaves the
 * database as it was.
 */
export async function migrate(url: string, log: Log): Promise<string[]> {
  // A client of ours, because the library's own has no error listener, without which a lost
  // connection ends the process, and is not closed when the call returns.
  const client = new pg.Client({ connectionString: url, application_name: "throughline migrate" });
  client.on("error", (error) =>
    log.warn("the migration's connection was lost", errorFields(error)),
  );
  await client.connect();
  try {
    const applied = await applyAll(client);
    for (const { name } of applied) log.info("migration applied", { name });
    return applied.map(({ name }) => name);
  } finally {
    await client.end();
  }
}

function applyAll(dbClient: pg.Client) {
  return runner({
    dbClient,
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
