import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test, vi } from "vitest";
import { z } from "zod";
import { type Database, migrate } from "../../src/db/index.ts";
import { silentLog } from "../../src/log.ts";
import { freshDatabase } from "../support/database.ts";
import { emptyDatabase } from "./empty-database.ts";

const files = readdirSync(new URL("../../migrations", import.meta.url))
  .filter((name) => name.endsWith(".sql"))
  .map((name) => name.replace(".sql", ""))
  .sort();
const Name = z.object({ name: z.string() });

test("an empty database gets every migration, a second call finds nothing to do", async () => {
  const { url, db } = await emptyDatabase();
  expect(await migrate(url, silentLog)).toEqual(files);
  expect(await migrate(url, silentLog)).toEqual([]);
  const done = await db.rows(Name, "SELECT name FROM bot.migration ORDER BY id");
  expect(done.map(({ name }) => name)).toEqual(files);
});

test("two processes that migrate at once both succeed, and each migration ran once", async () => {
  const { url, db } = await emptyDatabase();
  const codes = await Promise.all([migrateElsewhere(url), migrateElsewhere(url)]);
  expect(codes).toEqual([0, 0]);
  const done = await db.rows(Name, "SELECT name FROM bot.migration ORDER BY id");
  expect(done.map(({ name }) => name)).toEqual(files);
});

test("a migration that is killed leaves nothing behind, and the next one does it all", async () => {
  const { url, db } = await emptyDatabase();
  // Our lock alone would stop it at the beginning. A schema of a name that it creates too, not yet
  // committed, stops it in the middle of its transaction.
  const held = db.transaction(async (sql) => {
    await sql.run("CREATE SCHEMA facts");
    const child = spawnMigrate(url);
    await vi.waitFor(async () => expect(await migrators(db, "Lock")).toBe(1), waiting);
    child.kill("SIGKILL");
    await once(child, "exit");
    throw new Error("killed");
  });
  await expect(held).rejects.toThrow("killed");
  await vi.waitFor(async () => expect(await migrators(db)).toBe(0), waiting);
  const schemas = await db.rows(
    Name,
    "SELECT nspname AS name FROM pg_namespace WHERE nspname = 'source'",
  );
  expect(schemas).toEqual([]);
  expect(await migrate(url, silentLog)).toEqual(files);
});

test("a version that knows fewer migrations finds nothing to do in a newer database", async () => {
  const fresh = await freshDatabase();
  onTestFinished(() => fresh.close());
  await fresh.db.run(
    "INSERT INTO bot.migration (name, run_on) VALUES ('9999_of_the_future', now())",
  );
  expect(await migrate(fresh.url, silentLog)).toEqual([]);
});

const waiting = { timeout: 10_000, interval: 20 };

async function migrators(db: Database, waitingFor: string | null = null) {
  const [row] = await db.rows(
    z.object({ n: z.number() }),
    `SELECT count(*) AS n FROM pg_stat_activity
     WHERE datname = current_database() AND application_name = 'throughline migrate'
       AND ($1::text IS NULL OR wait_event_type = $1)`,
    [waitingFor],
  );
  return row?.n;
}

function spawnMigrate(url: string) {
  const script = fileURLToPath(new URL("./migrate-once.ts", import.meta.url));
  const child = spawn(process.execPath, [script, url], { stdio: ["ignore", "ignore", "inherit"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  return child;
}

async function migrateElsewhere(url: string): Promise<number | null> {
  const child = spawnMigrate(url);
  await once(child, "exit");
  return child.exitCode;
}
