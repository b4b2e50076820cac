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

/** Of a row without any of its times, which an activity may lack, no import leaves a mark. */
const LEAVES_NO_MARK = "cs_activities";

/**
 * Keeps with the facts what the sources held when those were filled. Asked again is only of the tables
 * in `changed`: a need that no row meets goes through all of its table.
 */
export async function keepHeld(
  sql: Sql,
  needs: readonly Need[],
  changed: ReadonlySet<string> | "all",
): Promise<void> {
  const known = changed === "all" ? new Map<string, boolean>() : await keptNeeds(sql);
  const stands = ({ text, table }: Need): boolean =>
    changed !== "all" && known.has(text) && !changed.has(table) && table !== LEAVES_NO_MARK;
  const held = await heldNeeds(
    sql,
    needs.filter((need) => !stands(need)),
  );
  const rows = needs.map((need) => ({
    need: need.text,
    source_table: need.table,
    held: stands(need) ? known.get(need.text) : held.has(need.text),
  }));
  await sql.run("DELETE FROM facts.held");
  await sql.run(
    `INSERT INTO facts.held SELECT * FROM jsonb_to_recordset($1::jsonb) AS n(need text, source_table text, held boolean)`,
    [JSON.stringify(rows)],
  );
}

/** What the facts know, by the needs' texts. */
export async function keptNeeds(sql: Sql): Promise<ReadonlyMap<string, boolean>> {
  const rows = await sql.rows(
    z.object({ need: z.string(), held: z.boolean() }),
    "SELECT need, held FROM facts.held",
  );
  return new Map(rows.map((row) => [row.need, row.held]));
}
