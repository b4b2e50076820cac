/** A company of about a year in a database of its own, brought in as any company's data would be. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { writeCompany } from "../../demo/company/index.ts";
import { importFolder, tellImportFault } from "../../src/ingest/index.ts";
import { type FreshDatabase, freshDatabase } from "./database.ts";

const LAST_WEEK = "2026-11-09";
export const MONDAY = "2026-11-16";

export async function smallCompany(weeks = 45): Promise<FreshDatabase> {
  const folder = await mkdtemp(path.join(tmpdir(), "small-company-"));
  const fresh = await freshDatabase({ statementTimeoutMs: 120_000 });
  try {
    await writeCompany(folder, { seed: 7, weeks, lastWeek: LAST_WEEK, stories: true });
    const monday = Temporal.Instant.from(`${MONDAY}T00:00:00Z`);
    const imported = await importFolder(fresh.db, {
      folder,
      mode: "upsert",
      completeThrough: monday,
      now: monday,
      timeZone: "UTC",
    });
    if (!imported.ok) throw new Error(tellImportFault(imported.fault));
    return fresh;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
