/** What the source tables are like, asked of the database's catalogue, so that no list here can go stale. */
import { z } from "zod";
import type { Sql } from "../db/index.ts";

export const SOURCE_SCHEMA = "source";
/** Filled by imports, never from a file. */
const OWN_TABLES = ["source_watermarks"];

const columnSchema = z.strictObject({
  name: z.string(),
  type: z.string(),
  required: z.boolean(),
  /** The default's SQL, which an empty value takes. */
  fallback: z.string().nullable(),
});

const shapeSchema = z.strictObject({
  table: z.string(),
  columns: z.array(columnSchema),
  key: z.array(z.string()),
  references: z.array(
    z.strictObject({
      name: z.string(),
      columns: z.array(z.string()),
      parent: z.string(),
      parentColumns: z.array(z.string()),
    }),
  ),
  checks: z.array(
    z.strictObject({ name: z.string(), columns: z.array(z.string()), condition: z.string() }),
  ),
});

export type TableShape = z.infer<typeof shapeSchema>;
export type TableColumn = TableShape["columns"][number];

const text = `
SELECT c.relname AS table,
  (SELECT json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, NULL),
       'required', a.attnotnull AND d.adbin IS NULL,
       'fallback', pg_get_expr(d.adbin, d.adrelid)) ORDER BY a.attnum)
   FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
   WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '') AS columns,
  (SELECT json_agg(a.attname ORDER BY k.position)
   FROM pg_constraint p, unnest(p.conkey) WITH ORDINALITY k(attnum, position)
   JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.attnum
   WHERE p.conrelid = c.oid AND p.contype = 'p') AS key,
  (SELECT coalesce(json_agg(json_build_object('name', f.conname, 'parent', f.confrelid::regclass::text,
       'columns', (SELECT json_agg(a.attname ORDER BY k.n) FROM unnest(f.conkey) WITH ORDINALITY k(num, n)
                   JOIN pg_attribute a ON a.attrelid = f.conrelid AND a.attnum = k.num),
       'parentColumns', (SELECT json_agg(a.attname ORDER BY k.n) FROM unnest(f.confkey) WITH ORDINALITY k(num, n)
                   JOIN pg_attribute a ON a.attrelid = f.confrelid AND a.attnum = k.num)) ORDER BY f.conname), '[]')
   FROM pg_constraint f WHERE f.conrelid = c.oid AND f.contype = 'f') AS references,
  (SELECT coalesce(json_agg(json_build_object('name', k.conname, 'condition', pg_get_expr(k.conbin, k.conrelid),
       'columns', (SELECT json_agg(a.attname) FROM unnest(k.conkey) num
                   JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = num)) ORDER BY k.conname), '[]')
   FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype = 'c') AS checks
FROM pg_class c
WHERE c.relnamespace = to_regnamespace($1) AND c.relkind IN ('r', 'p') AND NOT c.relispartition
  AND NOT c.relname = ANY ($2::text[])
  AND EXISTS (SELECT FROM pg_constraint p WHERE p.conrelid = c.oid AND p.contype = 'p')
ORDER BY c.relname`;

/** The tables that an import may fill, by name; tables without a key, and views, are not among them. */
export async function readTableShapes(
  sql: Sql,
  schema = SOURCE_SCHEMA,
): Promise<ReadonlyMap<string, TableShape>> {
  const shapes = await sql.rows(shapeSchema, text, [schema, OWN_TABLES]);
  return new Map(shapes.map((shape) => [shape.table, unqualified(shape)]));
}

function unqualified(shape: TableShape): TableShape {
  const bare = (name: string) => name.replace(/^.*\./, "").replace(/^"(.*)"$/, "$1");
  return { ...shape, references: shape.references.map((r) => ({ ...r, parent: bare(r.parent) })) };
}
