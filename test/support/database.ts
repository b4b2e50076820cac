import { randomUUID } from "node:crypto";
import { inject } from "vitest";
import { type Database, type DatabaseOptions, openDatabase } from "../../src/db/index.ts";
import { silentLog } from "../../src/log.ts";
import { databaseUrl } from "./database-url.ts";

export interface FreshDatabase {
  db: Database;
  url: string;
  /** Closes `db` and drops the database, even if other connections are still open. */
  close(): Promise<void>;
}

/** A migrated database of its own on the run's embedded server, cloned in about 30 ms. */
export async function freshDatabase(
  options: Partial<Omit<DatabaseOptions, "log">> = {},
): Promise<FreshDatabase> {
  const serverUrl = inject("serverUrl");
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  await asAdmin(serverUrl, (admin) =>
    // FILE_COPY copies files; the default would write every page to the WAL.
    admin.run(`CREATE DATABASE ${name} TEMPLATE ${inject("templateName")} STRATEGY FILE_COPY`),
  );
  const url = databaseUrl(serverUrl, name);
  const db = openDatabase(url, {
    max: 5,
    applicationName: "test",
    statementTimeoutMs: 20_000,
    guest: {
      url: databaseUrl(inject("guestUrl"), name),
      max: 2,
      statementTimeoutMs: 20_000,
    },
    ...options,
    log: silentLog,
  });
  const close = async () => {
    await db.close();
    await asAdmin(serverUrl, (admin) => admin.run(`DROP DATABASE ${name} WITH (FORCE)`));
  };
  return { db, url, close };
}

async function asAdmin(url: string, work: (admin: Database) => Promise<unknown>): Promise<void> {
  const admin = openDatabase(url, {
    max: 1,
    applicationName: "test admin",
    statementTimeoutMs: 60_000,
    log: silentLog,
  });
  try {
    await work(admin);
  } finally {
    await admin.close();
  }
}
