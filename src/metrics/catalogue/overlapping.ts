/**
 * Dimensions of which one unit may have several values. In the SQL, `:by(i.region AS region)` is the
 * column when the units are broken down by it, else one value for all; `:only(i.region AS region)` is
 * the condition that keeps the values asked for, else true. So a unit is put together from what the
 * question is about, and counts once.
 */
import { NO_SEGMENT } from "../answer.ts";
import { codeOf, mapCode } from "./sql-code.ts";

const macro =
  /(?<!:):(by|only)\(\s*([^()]*(?:\([^()]*\)[^()]*)*?)\s+as\s+([a-z_][a-z0-9_]*)\s*\)/gi;

export interface Overlap {
  /** Broken down by it. */
  split(dimension: string): boolean;
  /** The condition on the column that the filter leaves; null: no filter. */
  condition(dimension: string, column: string): string | null;
}

export function writeOverlap(sql: string, overlap: Overlap): string {
  return mapCode(sql, (code) =>
    code.replace(macro, (_, kind: string, column: string, dimension: string) => {
      if (kind.toLowerCase() === "only") return overlap.condition(dimension, column) ?? "true";
      const split = `coalesce((${column})::text, '${NO_SEGMENT}')`;
      return `${overlap.split(dimension) ? split : "''::text"} AS ${dimension}`;
    }),
  );
}

/** What each of the SQL's macros names, such as `by region`. */
export function overlapUses(sql: string): Set<string> {
  const uses = [...codeOf(sql).matchAll(macro)].map(
    ([, kind = "", , dimension = ""]) => `${kind.toLowerCase()} ${dimension}`,
  );
  return new Set(uses);
}
