import type { Sql } from "../db/index.ts";
import { constant, identifier } from "./sql-text.ts";

/**
 * Marks the reporting days of the event times in `columns` of `from`, so that the next refresh
 * recomputes them. The transaction's time zone is the reporting one.
 */
export async function markDirty(
  sql: Sql,
  table: string,
  columns: readonly string[],
  from: string,
): Promise<void> {
  if (columns.length === 0) return;
  const days = columns.map(
    (name) => `SELECT DISTINCT ${identifier(name)}::date AS day FROM ${from}`,
  );
  await sql.run(markDays(table, days.join(" UNION ")));
}

/**
 * `days` is a SELECT of `day`. A day that is marked already is locked all the same: a refresh that
 * clears its marks first then waits for this import, and cannot clear one whose rows it did not see.
 */
export function markDays(table: string, days: string): string {
  return `INSERT INTO bot.dirty (source_table, day)
    SELECT DISTINCT ${constant(table)}, d.day FROM (${days}) d WHERE d.day IS NOT NULL ORDER BY d.day
    ON CONFLICT (source_table, day) DO UPDATE SET day = EXCLUDED.day`;
}
