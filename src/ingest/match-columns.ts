import { nearest } from "../nearest.ts";
import { failed, ok, type Result } from "../result.ts";
import type { ImportFault } from "./fault.ts";
import type { TableColumn, TableShape } from "./table-shape.ts";

export interface MatchedColumns {
  /** For each offered name, in their order, the table's column, or null: not one of the table. */
  matched: readonly (TableColumn | null)[];
  ignored: readonly string[];
}

/**
 * Pairs what a file or a SELECT offers with a table's columns, by name whatever the case.
 * Columns that the table needs must be there; columns that it does not have are left aside.
 */
export function matchColumns(
  shape: TableShape,
  offered: readonly string[],
  from: string,
): Result<MatchedColumns, ImportFault> {
  const byName = new Map(shape.columns.map((column) => [column.name.toLowerCase(), column]));
  const matched = offered.map((name) => byName.get(name.toLowerCase()) ?? null);
  const present = new Set(matched.map((column) => column?.name));
  const ignored = offered.filter((_, index) => matched[index] === null);
  const missing = shape.columns
    .filter((column) => column.required && !present.has(column.name))
    .map((column) => ({ column: column.name, nearest: nearest(column.name, ignored) }));
  if (missing.length > 0)
    return failed({ kind: "missing_columns", table: shape.table, from, missing, others: ignored });
  if (present.size === 1 && present.has(undefined)) {
    return failed({ kind: "no_columns", table: shape.table, from, allowed: [...byName.keys()] });
  }
  return ok({ matched, ignored });
}
