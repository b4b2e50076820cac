import { z } from "zod";
import type { Sql } from "../db/index.ts";
import type { ImportNote } from "./report.ts";
import { identifier } from "./sql-text.ts";
import { SOURCE_SCHEMA, type TableShape } from "./table-shape.ts";

interface LooseReference {
  column: string;
  parent: string;
  /** SQL of the value that says there is none, such as the model of what uses no model. */
  none: string | null;
}

/**
 * Columns that name a row of another table without a foreign key, because tables are loaded in any
 * order and may be distributed: those called like another table's whole key.
 */
function looseReferences(
  shape: TableShape,
  shapes: ReadonlyMap<string, TableShape>,
): LooseReference[] {
  const strict = new Set(shape.references.flatMap(({ columns }) => columns));
  return [...shapes.values()].flatMap((parent) => {
    const [key, ...more] = parent.key;
    if (key === undefined || more.length > 0 || parent.table === shape.table || strict.has(key))
      return [];
    const column = shape.columns.find(({ name }) => name === key);
    return column === undefined
      ? []
      : [{ column: key, parent: parent.table, none: column.fallback }];
  });
}

const foundRow = z.strictObject({ rows: z.number(), examples: z.array(z.string()).nullable() });

/** Rows that stay in the table and that no metric counts, because what they name is not there. */
export async function findUnknownReferences(
  sql: Sql,
  shape: TableShape,
  shapes: ReadonlyMap<string, TableShape>,
): Promise<ImportNote[]> {
  const notes: ImportNote[] = [];
  for (const { column, parent, none } of looseReferences(shape, shapes)) {
    const name = identifier(column);
    const [found] = await sql.rows(
      foundRow,
      `SELECT coalesce(sum(g.times), 0)::bigint AS rows, (array_agg(left(g.value, 80) ORDER BY g.value))[1:5] AS examples
       FROM (SELECT ${name} AS value, count(*) AS times FROM ${SOURCE_SCHEMA}.${identifier(shape.table)}
             WHERE ${name} IS NOT NULL${none === null ? "" : ` AND ${name} <> ${none}`} GROUP BY 1) g
       WHERE NOT EXISTS (SELECT FROM ${SOURCE_SCHEMA}.${identifier(parent)} p WHERE p.${name} = g.value)`,
    );
    if (found === undefined || found.rows === 0) continue;
    notes.push({
      kind: "unknown_reference",
      table: shape.table,
      column,
      parent,
      rows: found.rows,
      examples: found.examples ?? [],
    });
  }
  return notes;
}
