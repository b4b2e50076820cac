import type { Sql } from "../db/index.ts";
import { eventTimesOf, wholeOf } from "./event-times.ts";
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
  await sql.run(markDays(table, daysOf(table, columns, from)));
}

/** A SELECT of the days in `columns` of `from`, and of all rows that are one thing with its rows. */
export function daysOf(table: string, columns: readonly string[], from: string): string {
  const own = columns.map(
    (name) => `SELECT DISTINCT ${identifier(name)}::date AS day FROM ${from}`,
  );
  const whole = wholeOf(table);
  if (whole === null) return own.join(" UNION ");
  const key = identifier(whole);
  const siblings = eventTimesOf(table).map(
    (name) => `SELECT DISTINCT ${identifier(name)}::date AS day FROM source.${identifier(table)}
      WHERE ${key} IN (SELECT ${key} FROM ${from})`,
  );
  return [...own, ...siblings].join(" UNION ");
}

/**
 * `days` is a SELECT of `day`. A day that is marked already is written all the same: a refresh that
 * has read the mark then leaves it to the next one, for it may not have seen these rows.
 */
export function markDays(table: string, days: string): string {
  return `INSERT INTO bot.dirty (source_table, day)
    SELECT DISTINCT ${constant(table)}, d.day FROM (${days}) d WHERE d.day IS NOT NULL ORDER BY d.day
    ON CONFLICT (source_table, day) DO UPDATE SET day = EXCLUDED.day`;
}
