import { Readable } from "node:stream";
import { z } from "zod";
import type { Database } from "../../src/db/index.ts";
import { type CsvImport, type ImportReport, importCsv } from "../../src/ingest/index.ts";

export const now = Temporal.Instant.from("2026-11-24T10:00:00Z");

/** A file of the text; `chunk` bytes come at a time. */
function csvOf(text: string | Uint8Array, chunk = 7): { name: string; stream: Readable } {
  const bytes = Buffer.from(text);
  const chunks = function* () {
    for (let at = 0; at < bytes.length; at += chunk) yield bytes.subarray(at, at + chunk);
  };
  return { name: "test.csv", stream: Readable.from(chunks()) };
}

export function load(
  db: Database,
  table: string,
  text: string | Uint8Array,
  more: Partial<CsvImport> = {},
): ReturnType<typeof importCsv> {
  const file = csvOf(text);
  return importCsv(db, {
    table,
    file,
    mode: "upsert",
    completeThrough: null,
    now,
    timeZone: "UTC",
    ...more,
  });
}

/** The report of an import that must not end in a fault. */
export async function loaded(
  db: Database,
  table: string,
  text: string | Uint8Array,
  more: Partial<CsvImport> = {},
): Promise<ImportReport> {
  const result = await load(db, table, text, more);
  if (!result.ok) throw new Error(JSON.stringify(result.fault));
  return result.value;
}

/** The report's counts of its only table. */
export function counts(report: ImportReport): Record<string, number> {
  const [table] = report.tables;
  if (table === undefined) throw new Error("no table");
  const { read, new: added, changed, unchanged, rejected, repeated, deleted } = table;
  return { read, new: added, changed, unchanged, rejected, repeated, deleted };
}

export async function column(db: Database, text: string): Promise<string[]> {
  const rows = await db.rows(z.strictObject({ value: z.string().nullable() }), text);
  return rows.map(({ value }) => value ?? "(null)");
}

export function dirtyDays(db: Database, table: string): Promise<string[]> {
  return column(
    db,
    `SELECT day::text AS value FROM bot.dirty WHERE source_table = '${table}' ORDER BY day`,
  );
}

export const tiers = "tier,tier_rank,is_paid\nfree,0,false\npro,1,true\n";
