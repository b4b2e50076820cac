import { z } from "zod";
import type { Sql } from "../db/index.ts";
import type { ImportNote } from "./report.ts";
import { identifier } from "./sql-text.ts";
import { SOURCE_SCHEMA, type TableColumn, type TableShape } from "./table-shape.ts";

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

/** What the rows of this import name, by value: whether it is there is asked when all is in. */
const MENTIONED = "import_mentioned";

export async function createMentioned(sql: Sql): Promise<void> {
  await sql.run(`DROP TABLE IF EXISTS pg_temp.${MENTIONED};
    CREATE TEMP TABLE ${MENTIONED} (
      source_table text NOT NULL, column_name text NOT NULL, value text NOT NULL, times bigint NOT NULL
    ) ON COMMIT DROP`);
}

/** `from` holds the rows that came, with these columns of the table. */
export async function gatherMentioned(
  sql: Sql,
  shape: TableShape,
  shapes: ReadonlyMap<string, TableShape>,
  from: string,
  columns: readonly TableColumn[],
): Promise<void> {
  const held = new Set(columns.map(({ name }) => name));
  for (const { column, none } of looseReferences(shape, shapes).filter((each) =>
    held.has(each.column),
  )) {
    const name = identifier(column);
    await sql.run(
      `INSERT INTO ${MENTIONED} SELECT $1, $2, ${name}, count(*) FROM ${from}
       WHERE ${name} IS NOT NULL${none === null ? "" : ` AND ${name} <> ${none}`} GROUP BY ${name}`,
      [shape.table, column],
    );
  }
}

const foundRow = z.strictObject({ rows: z.number(), examples: z.array(z.string()).nullable() });

/**
 * Of the rows that came, those that stay in the table and that no metric counts, because what they
 * name is not there. The rows of earlier imports are not looked through: they may be very many.
 */
export async function findUnknownReferences(
  sql: Sql,
  shape: TableShape,
  shapes: ReadonlyMap<string, TableShape>,
): Promise<ImportNote[]> {
  const notes: ImportNote[] = [];
  for (const { column, parent } of looseReferences(shape, shapes)) {
    const [found] = await sql.rows(
      foundRow,
      `SELECT coalesce(sum(g.times), 0)::bigint AS rows,
              (array_agg(DISTINCT left(g.value, 80) ORDER BY left(g.value, 80)))[1:5] AS examples
       FROM ${MENTIONED} g WHERE g.source_table = $1 AND g.column_name = $2
       AND NOT EXISTS (SELECT FROM ${SOURCE_SCHEMA}.${identifier(parent)} p WHERE p.${identifier(column)} = g.value)`,
      [shape.table, column],
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
