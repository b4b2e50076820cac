/** The tables that are ours, from the database's own catalogue, so that none can be forgotten here. */
import { z } from "zod";
import type { Sql } from "../db/index.ts";

export interface OwnTable {
  schema: string;
  table: string;
  columns: readonly string[];
}

/**
 * Sources, facts, and what the bot keeps. Not `raw`, which the next import fills anew, not the jobs of
 * pg-boss, which say nothing that our tables do not, and not the list of migrations.
 */
const OURS = "('source', 'facts', 'bot')";

const tableRow = z.object({
  schema: z.string(),
  table: z.string(),
  columns: z.array(z.string()),
  parents: z.array(z.string()),
});

/** Parents before children; a table that refers to itself is its own affair. */
export async function ownTables(sql: Sql): Promise<OwnTable[]> {
  const rows = await sql.rows(
    tableRow,
    `SELECT n.nspname AS schema, c.relname AS table,
       (SELECT array_agg(a.attname::text ORDER BY a.attnum) FROM pg_attribute a
        WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '') AS columns,
       ARRAY(SELECT DISTINCT p.relnamespace::regnamespace || '.' || p.relname FROM pg_constraint f
        JOIN pg_class p ON p.oid = f.confrelid
        WHERE f.contype = 'f' AND f.conrelid = c.oid AND f.confrelid <> c.oid) AS parents
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname IN ${OURS} AND c.relkind = 'r' AND (n.nspname, c.relname) <> ('bot', 'migration')
     ORDER BY n.nspname, c.relname`,
  );
  return parentsFirst(rows).map(({ schema, table, columns }) => ({ schema, table, columns }));
}

function parentsFirst<T extends { schema: string; table: string; parents: readonly string[] }>(
  tables: readonly T[],
): T[] {
  const byName = new Map(tables.map((one) => [`${one.schema}.${one.table}`, one]));
  const ordered = new Set<T>();
  const add = (one: T): void => {
    for (const parent of one.parents) {
      const found = byName.get(parent);
      if (found !== undefined && !ordered.has(found)) add(found);
    }
    ordered.add(one);
  };
  for (const one of tables) add(one);
  return [...ordered];
}

export interface OwnSequence {
  schema: string;
  sequence: string;
  last: number;
}

/** Those that have given a number. */
export async function ownSequences(sql: Sql): Promise<OwnSequence[]> {
  return sql.rows(
    z.object({ schema: z.string(), sequence: z.string(), last: z.coerce.number() }),
    `SELECT schemaname AS schema, sequencename AS sequence, last_value AS last FROM pg_sequences
     WHERE schemaname IN ${OURS} AND last_value IS NOT NULL AND sequencename <> 'migration_id_seq'
     ORDER BY 1, 2`,
  );
}

export async function appliedMigrations(sql: Sql): Promise<string[]> {
  const row = z.object({ name: z.string() });
  return (await sql.rows(row, "SELECT name FROM bot.migration ORDER BY name")).map(
    ({ name }) => name,
  );
}

/** Those that hold a row. */
export async function tablesInUse(sql: Sql, tables: readonly OwnTable[]): Promise<string[]> {
  const used: string[] = [];
  for (const { schema, table } of tables) {
    const [row] = await sql.rows(
      z.object({ used: z.boolean() }),
      `SELECT EXISTS (SELECT FROM ${schema}.${table}) AS used`,
    );
    if (row?.used) used.push(`${schema}.${table}`);
  }
  return used;
}

/** `bot.run (id, report, ...)`, for COPY. */
export function copyTarget({ schema, table, columns }: OwnTable): string {
  const quoted = columns.map((column) => `"${column}"`);
  return `${schema}."${table}" (${quoted.join(", ")})`;
}
