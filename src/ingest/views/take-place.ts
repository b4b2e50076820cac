/**
 * A view takes a source table's place, or gives it back. What was built on the one stands on the other
 * afterwards, with its grants: its definition says the name, and is said again.
 */
import { z } from "zod";
import type { Sql } from "../../db/index.ts";
import { constant, identifier } from "../sql-text.ts";
import { SOURCE_SCHEMA, type TableShape } from "../table-shape.ts";

export const ASIDE = "aside";
const dependentRow = z.strictObject({ name: z.string(), definition: z.string() });

/** `select` gives the table's columns in their types. A view that is there already is replaced. */
export async function viewForTable(
  sql: Sql,
  { table }: TableShape,
  select: string,
  lagDays: number,
): Promise<void> {
  const name = `${SOURCE_SCHEMA}.${identifier(table)}`;
  const before = await definitionOf(sql, table);
  if (before !== null) await sql.run(`CREATE OR REPLACE VIEW ${name} AS ${select}`);
  else
    await repoint(sql, table, async () => {
      await sql.run(`ALTER TABLE ${name} SET SCHEMA ${ASIDE}`);
      await sql.run(`CREATE VIEW ${name} AS ${select}`);
    });
  if ((await definitionOf(sql, table)) !== before) await forgetFacts(sql);
  await sql.run(
    `INSERT INTO bot.source_view VALUES ($1, $2)
     ON CONFLICT (source_table) DO UPDATE SET lag_days = excluded.lag_days`,
    [table, lagDays],
  );
}

/** The table is back, as it was left. Nothing happens where no view has its place. */
export async function tableForView(sql: Sql, table: string): Promise<void> {
  if ((await definitionOf(sql, table)) === null) return;
  const name = `${SOURCE_SCHEMA}.${identifier(table)}`;
  const former = identifier(`${table} before`);
  await repoint(sql, table, async () => {
    await sql.run(`ALTER VIEW ${name} RENAME TO ${former}`);
    await sql.run(`ALTER TABLE ${ASIDE}.${identifier(table)} SET SCHEMA ${SOURCE_SCHEMA}`);
  });
  await sql.run(`DROP VIEW ${SOURCE_SCHEMA}.${former}`);
  await sql.run("DELETE FROM bot.source_view WHERE source_table = $1", [table]);
  await forgetFacts(sql);
  await sql.run(`DELETE FROM ${SOURCE_SCHEMA}.source_watermarks WHERE source_table = $1`, [table]);
}

/** Null: it is a table. */
async function definitionOf(sql: Sql, table: string): Promise<string | null> {
  const [row] = await sql.rows(
    z.strictObject({ definition: z.string() }),
    "SELECT definition FROM pg_views WHERE schemaname = $1 AND viewname = $2",
    [SOURCE_SCHEMA, table],
  );
  return row?.definition ?? null;
}

/**
 * To be done before anything of an import that makes views or takes them back: a refresh that is at the
 * facts comes to its end first, and none begins. It holds what this waits for and reads what this locks.
 */
export async function keepRefreshesOut(sql: Sql): Promise<void> {
  await sql.run("LOCK TABLE facts.basis IN SHARE ROW EXCLUSIVE MODE");
}

/** Whether any of the tables is a view now. */
export async function hasViews(sql: Sql, tables: readonly string[]): Promise<boolean> {
  for (const table of tables) if ((await definitionOf(sql, table)) !== null) return true;
  return false;
}

/** Facts that do not know what they rest on are filled anew by the next refresh: other rows leave no marks. */
async function forgetFacts(sql: Sql): Promise<void> {
  await sql.run("DELETE FROM facts.basis");
}

/** Names are whole in what the server says of a view, as none of our schemas is looked into by itself. */
async function repoint(sql: Sql, table: string, change: () => Promise<void>): Promise<void> {
  const dependents = await sql.rows(
    dependentRow,
    `SELECT DISTINCT format('%I.%I', n.nspname, c.relname) AS name, pg_get_viewdef(c.oid) AS definition
     FROM pg_depend d JOIN pg_rewrite r ON r.oid = d.objid AND d.classid = 'pg_rewrite'::regclass
     JOIN pg_class c ON c.oid = r.ev_class JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE d.refobjid = ${constant(`${SOURCE_SCHEMA}.${identifier(table)}`)}::regclass AND c.oid <> d.refobjid`,
  );
  await change();
  for (const { name, definition } of dependents)
    await sql.run(`CREATE OR REPLACE VIEW ${name} AS ${definition}`);
}
