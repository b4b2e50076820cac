import { z } from "zod";
import { type Sql, sqlState } from "../../db/index.ts";
import { failed, ok, type Result } from "../../result.ts";
import type { KeyPath, Places } from "../../yaml-places.ts";
import type { ImportFault } from "../fault.ts";
import { constant } from "../sql-text.ts";

/** A SELECT of the mapping, and where it stands. */
export interface MappedSelect {
  /** As told in faults, such as `tables.accounts`. */
  entry: string;
  sql: string;
  path: KeyPath;
  places: Places;
}

/**
 * Runs a SELECT of the mapping into a temporary table; the names of its columns. The bound value
 * makes the server take one statement only, and as a subquery it can be nothing but a SELECT.
 * Fault `mapping_sql` with the place in the file that the server names.
 */
export async function runSelect(
  sql: Sql,
  into: string,
  select: MappedSelect,
): Promise<Result<string[], ImportFault>> {
  const before = `CREATE TEMP TABLE ${into} ON COMMIT DROP AS SELECT * FROM (\n`;
  try {
    await sql.run(`${before}${select.sql}\n) mapped WHERE $1::boolean`, [true]);
  } catch (error) {
    return failed(selectFault(error, select, before.length));
  }
  return ok(await columnsOf(sql, `pg_temp.${into}`));
}

/**
 * Fault `mapping_sql` with the place in the mapping that the server names; `before` characters of its
 * statement stood in front of the SELECT. An error that is not the server's is thrown.
 */
export function selectFault(error: unknown, select: MappedSelect, before: number): ImportFault {
  const state = sqlState(error);
  if (state === null || !(error instanceof Error)) throw error;
  const position = Number(Reflect.get(error, "position") ?? 0);
  const inside = position > before && position <= before + select.sql.length + 1;
  const place = select.places.within(select.path, inside ? position - before - 1 : 0);
  const { entry } = select;
  return { kind: "mapping_sql", place, entry, sqlState: state, message: error.message };
}

export async function columnsOf(sql: Sql, table: string): Promise<string[]> {
  const rows = await sql.rows(
    z.strictObject({ name: z.string() }),
    `SELECT attname AS name FROM pg_attribute WHERE attrelid = to_regclass(${constant(table)})
       AND attnum > 0 AND NOT attisdropped ORDER BY attnum`,
  );
  return rows.map(({ name }) => name);
}
