import type { z } from "zod";
import type { Database } from "../../src/db/index.ts";

export type Rows = Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>;

/** Puts rows into source tables, in the order given; columns that a row leaves out take their defaults. */
export async function putRows(db: Database, rows: Rows): Promise<void> {
  for (const [table, entries] of Object.entries(rows)) {
    for (const entry of entries) {
      const columns = Object.keys(entry).map((name) => `"${name}"`);
      await db.run(
        `INSERT INTO source."${table}" (${columns.join(", ")})
         SELECT ${columns.join(", ")} FROM json_populate_record(NULL::source."${table}", $1::json)`,
        [JSON.stringify(entry)],
      );
    }
  }
}

/** Says that all source tables are complete up to `instant`. */
export async function completeThrough(db: Database, instant: string): Promise<void> {
  await db.run(
    `INSERT INTO source.source_watermarks
     SELECT table_name, $1::timestamptz FROM information_schema.tables WHERE table_schema = 'source'
     ON CONFLICT (source_table) DO UPDATE SET complete_through = excluded.complete_through`,
    [instant],
  );
}

export async function one<T>(
  db: Database,
  row: z.ZodType<T>,
  text: string,
  values: readonly unknown[] = [],
): Promise<T> {
  const [first] = await db.rows(row, text, values);
  if (first === undefined) throw new Error(`no row: ${text}`);
  return first;
}
