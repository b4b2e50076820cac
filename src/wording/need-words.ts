/** Rows that a metric cannot do without, in words. */
import type { Need } from "../metrics/catalogue/index.ts";

/** `no row of cs_activities has the kind qbr`, `no row of accounts fills pql_at`. */
export function needWords({ table, column, value, and }: Need): string {
  const also = and === undefined ? "" : ` and ${has(and.column, and.value)}`;
  return `no row of ${table} ${has(column, value)}${also}`;
}

function has(column: string, value: string | null): string {
  return value === null ? `fills ${column}` : `has the ${column} ${value}`;
}
