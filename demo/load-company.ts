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

/** Empties the demo's database; false when another process is connected to it. */
export async function emptyDatabase(url: string): Promise<boolean> {
  const db = openDatabase(url, {
    max: 1,
    applicationName: "throughline demo",
    statementTimeoutMs: 60_000,
    log: silentLog,
  });
  try {
    const [others] = await db.rows(
      z.object({ count: z.number() }),
      "SELECT count(*)::int AS count FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'",
    );
    if ((others?.count ?? 0) > 0) return false;
    await db.run("DROP SCHEMA IF EXISTS exact, facts, raw, source, bot CASCADE");
    return true;
  } finally {
    await db.close();
  }
}

/** The number of rows that came in. */
export async function loadCompany(data: Data, folder: string): Promise<Result<number, string>> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await writeCompany(folder, demoCompany);
  const monday = Temporal.Instant.from(`${MONDAY}T00:00:00Z`);
  let rows = 0;
  const imported = await importFolder(data.work, {
    folder,
    mode: "upsert",
    completeThrough: monday,
    now: monday,
    timeZone: data.settings.timeZone,
    onProgress: (progress) => {
      rows += progress.rows;
    },
  });
  return imported.ok ? ok(rows) : failed(tellImportFault(imported.fault));
}
