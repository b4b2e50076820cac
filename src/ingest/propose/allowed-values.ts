/** The values that a CHECK of the source table allows in a column. */
import type { TableShape } from "../table-shape.ts";

/** Null: any. */
export function allowedValues({ checks }: TableShape, column: string): string[] | null {
  for (const { columns, condition } of checks) {
    if (columns.length !== 1 || columns[0] !== column || !condition.includes("ARRAY[")) continue;
    const values = [...condition.matchAll(/'([^']*)'::text/g)].map(([, value = ""]) => value);
    if (values.length > 0) return values;
  }
  return null;
}
