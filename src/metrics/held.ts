/**
 * Whether a table holds rows of the kind that a metric needs. Counted without them it would say 0 of
 * what nobody ever wrote down: no health check among the activities, no account with its pql_at.
 */
import { z } from "zod";
import type { Sql } from "../db/index.ts";
import type { Need } from "./catalogue/need.ts";

const columnRow = z.object({ name: z.string(), type: z.string() });
const foundRow = z.object({ found: z.boolean() });

/** Those of `needs` that a row of the source tables meets, by their texts. One such row ends the search. */
export async function heldNeeds(sql: Sql, needs: readonly Need[]): Promise<Set<string>> {
  const types = await columnTypes(sql, needs);
  const held = new Set<string>();
  for (const need of needs) {
    const asked = [need, ...(need.and ? [need.and] : [])];
    const typed = asked.map((each) => ({
      ...each,
      type: types.get(`${need.table}.${each.column}`),
    }));
    // A column that the table has not is one that no row fills.
    if (typed.some(({ type }) => type === undefined) || held.has(need.text)) continue;
    const values: string[] = [];
    const conditions = typed.map((each) => condition(each, values));
    const [row] = await sql.rows(
      foundRow,
      `SELECT EXISTS (SELECT FROM source."${need.table}" t WHERE ${conditions.join(" AND ")}) AS found`,
      values,
    );
    if (row?.found) held.add(need.text);
  }
  return held;
}

interface Asked {
  column: string;
  value: string | null;
  type?: string | undefined;
}

/** The value goes to `values`, to be bound. */
function condition({ column, value, type = "" }: Asked, values: string[]): string {
  if (value !== null) return `t."${column}"::text = $${values.push(value)}`;
  if (type === "boolean") return `t."${column}"`;
  return /int|numeric|double|real/.test(type) ? `t."${column}" <> 0` : `t."${column}" IS NOT NULL`;
}

/** The types of all columns of the tables in `needs`, by `table.column`. */
export async function columnTypes(
  sql: Sql,
  needs: readonly Need[],
): Promise<ReadonlyMap<string, string>> {
  if (needs.length === 0) return new Map();
  const rows = await sql.rows(
    columnRow,
    `SELECT table_name || '.' || column_name AS name, data_type AS type FROM information_schema.columns
     WHERE table_schema = 'source' AND table_name = ANY ($1::text[])
     ORDER BY table_name, ordinal_position`,
    [[...new Set(needs.map(({ table }) => table))]],
  );
  return new Map(rows.map(({ name, type }) => [name, type]));
}

/** All that the metrics of a catalogue need, each once. */
export function needsOf(metrics: readonly { needs: readonly Need[] }[]): Need[] {
  const byText = new Map(metrics.flatMap(({ needs }) => needs).map((need) => [need.text, need]));
  return [...byText.values()];
}

/** Keeps with the facts what the sources held when those were filled. */
export async function keepHeld(sql: Sql, needs: readonly Need[]): Promise<void> {
  const held = await heldNeeds(sql, needs);
  const rows = needs.map(({ text, table }) => ({
    need: text,
    source_table: table,
    held: held.has(text),
  }));
  await sql.run("DELETE FROM facts.held");
  await sql.run(
    `INSERT INTO facts.held SELECT * FROM jsonb_to_recordset($1::jsonb) AS n(need text, source_table text, held boolean)`,
    [JSON.stringify(rows)],
  );
}
