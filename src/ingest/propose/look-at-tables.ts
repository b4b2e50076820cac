/** The tables and views of a schema of the user's own database, with what their columns hold. */
import { z } from "zod";
import type { Sql } from "../../db/index.ts";
import { identifier } from "../sql-text.ts";
import { plainName } from "./fold-name.ts";
import { profileColumn, type Relation } from "./profile.ts";

const tableRow = z.object({ name: z.string(), columns: z.array(z.string()), rows: z.number() });

/** `schema` null: every schema that is found without being named. `over`: how the mapping reads them. */
export async function lookAtTables(
  sql: Sql,
  schema: string | null,
  over: "database" | "view",
): Promise<Relation[]> {
  const tables = await sql.rows(
    tableRow.extend({ schema: z.string() }),
    `SELECT n.nspname AS schema, c.relname AS name, greatest(c.reltuples, 0)::bigint AS rows,
       (SELECT array_agg(a.attname ORDER BY a.attnum) FROM pg_attribute a
        WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped)::text[] AS columns
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT c.relispartition
       AND CASE WHEN $1::text IS NULL THEN n.nspname = ANY (current_schemas(false)) ELSE n.nspname = $1 END
       AND has_table_privilege(c.oid, 'SELECT')
     ORDER BY 1, 2`,
    [schema],
  );
  const relations: Relation[] = [];
  for (const found of tables) relations.push(await profiled(sql, found, over, relations));
  return relations;
}

async function profiled(
  sql: Sql,
  found: z.infer<typeof tableRow> & { schema: string },
  over: "database" | "view",
  before: readonly Relation[],
): Promise<Relation> {
  const table = `${quoted(found.schema)}.${quoted(found.name)}`;
  const columns = [];
  for (const column of found.columns) columns.push(await profileColumn(sql, table, column));
  const seen = Math.max(0, ...columns.map(({ filled }) => filled));
  return {
    name: plainName(found.name, new Set(before.map(({ name }) => name))),
    title: `${found.schema}.${found.name}`,
    table,
    over,
    hasLines: false,
    // A table that was never analysed has no estimate.
    rows: Math.max(found.rows, seen),
    columns,
  };
}

function quoted(name: string): string {
  return /^[a-z_][a-z0-9_]*$/.test(name) ? name : identifier(name);
}
