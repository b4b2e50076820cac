/** Generates the demo company and brings it in as any company's data would be: by kpi import. */
import { mkdir, rm } from "node:fs/promises";
import { z } from "zod";
import { openDatabase } from "../src/db/index.ts";
import { importFolder, tellImportFault } from "../src/ingest/index.ts";
import { silentLog } from "../src/log.ts";
import type { Data } from "../src/open-data.ts";
import { failed, ok, type Result } from "../src/result.ts";
import { demoCompany, writeCompany } from "./company/index.ts";

/** The demo plays one Monday, always the same one. */
export const MONDAY = "2026-11-16";

/** A pair of numbers, which Postgres keeps apart from the single ones that the bot's rooms lock. */
const DEMO_LOCK = [7_206, 1];

/** Keeps every other demo off the database until it is called back; null when another has it. */
export async function holdDatabase(url: string): Promise<(() => Promise<void>) | null> {
  const db = openDatabase(url, {
    max: 1,
    applicationName: "throughline demo",
    statementTimeoutMs: 60_000,
    log: silentLog,
  });
  const taken = Promise.withResolvers<boolean>();
  const done = Promise.withResolvers<void>();
  // The lock lives as long as its transaction.
  const holding = db.transaction(async (sql) => {
    const [lock] = await sql.rows(
      z.object({ taken: z.boolean() }),
      "SELECT pg_try_advisory_xact_lock($1, $2) AS taken",
      DEMO_LOCK,
    );
    taken.resolve(lock?.taken ?? false);
    if (lock?.taken) await done.promise;
  });
  // A server that ends takes its locks with it.
  const held = holding.catch((error: unknown) => taken.reject(error));
  const release = async (): Promise<void> => {
    done.resolve();
    await held;
    await db.close();
  };
  const isTaken = await taken.promise.catch(async (error: unknown) => {
    await db.close();
    throw error;
  });
  if (isTaken) return release;
  await release();
  return null;
}

/** Empties the demo's database. */
export async function emptyDatabase(url: string): Promise<void> {
  const db = openDatabase(url, {
    max: 1,
    applicationName: "throughline demo",
    statementTimeoutMs: 60_000,
    log: silentLog,
  });
  try {
    await db.run("DROP SCHEMA IF EXISTS exact, facts, raw, source, bot CASCADE");
  } finally {
    await db.close();
  }
}

/** The number of rows that came in. Once `signal` is aborted it rejects, or says so. */
export async function loadCompany(
  data: Data,
  folder: string,
  signal?: AbortSignal,
): Promise<Result<number, string>> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await writeCompany(folder, demoCompany, signal);
  const monday = Temporal.Instant.from(`${MONDAY}T00:00:00Z`);
  let rows = 0;
  const imported = await importFolder(data.work, {
    folder,
    mode: "upsert",
    completeThrough: monday,
    now: monday,
    timeZone: data.settings.timeZone,
    ...(signal && { signal }),
    onProgress: (progress) => {
      rows += progress.rows;
    },
  });
  return imported.ok ? ok(rows) : failed(tellImportFault(imported.fault));
}
