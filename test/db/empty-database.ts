import { randomUUID } from "node:crypto";
import { inject, onTestFinished } from "vitest";
import { type Database, openDatabase } from "../../src/db/index.ts";
import { silentLog } from "../../src/log.ts";
import { databaseUrl } from "../support/database-url.ts";

const options = { max: 3, applicationName: "test", statementTimeoutMs: 20_000, log: silentLog };

/** A database on the run's server that nothing has migrated; it is dropped with the test. */
export async function emptyDatabase(): Promise<{ url: string; db: Database }> {
  const admin = openDatabase(inject("serverUrl"), options);
  const name = `empty_${randomUUID().replaceAll("-", "")}`;
  await admin.run(`CREATE DATABASE ${name}`);
  const url = databaseUrl(inject("serverUrl"), name);
  const db = openDatabase(url, options);
  onTestFinished(async () => {
    await db.close();
    await admin.run(`DROP DATABASE ${name} WITH (FORCE)`);
    await admin.close();
  });
  return { url, db };
}
