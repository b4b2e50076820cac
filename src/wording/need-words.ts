/** Rows that a metric cannot do without, in words. */
import type { Need } from "../metrics/catalogue/index.ts";

/** `no row of cs_activities has the kind qbr`, `no row of accounts fills pql_at`. */
export function needWords({ table, column, value }: Need): string {
  return `no row of ${table} ${value === null ? `fills ${column}` : `has the ${column} ${value}`}`;
}
