/** What the columns of a table of somebody else's hold, asked of the database that has it. */
import { z } from "zod";
import type { Sql } from "../../db/index.ts";
import { constant, identifier } from "../sql-text.ts";
import { type FormCounts, type FormName, patterns } from "./forms.ts";

/** A file as `raw` has it, or a table of the user's own database. */
export interface Relation {
  /** What the mapping calls it. */
  name: string;
  /** What people call it: the file's name, or the table's with its schema. */
  title: string;
  /** As SQL names it, such as `raw.accounts`. */
  table: string;
  /** Where the mapping's SELECT reads it, as the mapping says it. */
  over: "raw" | "database" | "view";
  /** Rows have `_line`: it is a file. */
  hasLines: boolean;
  rows: number;
  columns: readonly ColumnProfile[];
}

export interface ColumnProfile {
  /** As the file spells it. */
  name: string;
  /** Of the rows looked at: those with a value, and how many different ones. */
  filled: number;
  distinct: number;
  forms: FormCounts;
  /** Single values, the most frequent first, where there are few; else none. */
  values: readonly string[];
}

/** More rows teach nothing new of how a column is written; what must hold of all is asked of all. */
const SAMPLE_ROWS = 20_000;
const FEW_VALUES = 30;

const profileRow = z.object({
  filled: z.number(),
  distinct: z.number(),
  forms: z.record(z.string(), z.number()),
  values: z.array(z.string()),
});

/** Of the first 20,000 rows, whatever their types: each value as its text. */
export async function profileColumn(sql: Sql, table: string, name: string): Promise<ColumnProfile> {
  const counts = Object.entries(patterns).map(
    ([form, pattern]) => `${constant(form)}, count(*) FILTER (WHERE v ~ ${constant(pattern)})`,
  );
  const [row] = await sql.rows(
    profileRow,
    `WITH seen AS MATERIALIZED (
       SELECT nullif(btrim(t.${identifier(name)}::text), '') AS v FROM ${table} t LIMIT ${SAMPLE_ROWS}),
     often AS (SELECT v, count(*) AS rows FROM seen WHERE v IS NOT NULL GROUP BY v)
     SELECT count(v) AS filled, (SELECT count(*) FROM often) AS distinct,
       json_build_object(${counts.join(", ")}) AS forms,
       CASE WHEN (SELECT count(*) FROM often) <= ${FEW_VALUES}
         THEN (SELECT coalesce(array_agg(v ORDER BY rows DESC, v), '{}') FROM often)
         ELSE '{}' END AS values
     FROM seen`,
  );
  if (row === undefined) throw new Error(`no profile of ${table}.${name}`);
  const forms = Object.fromEntries(
    Object.keys(patterns).map((form) => [form, row.forms[form] ?? 0]),
  ) as Record<FormName, number>;
  return { ...row, name, forms };
}

/** Whether no two of all rows have the same values of the expressions; rows that lack one do not count. */
export async function isKey(
  sql: Sql,
  from: string,
  expressions: readonly string[],
): Promise<boolean> {
  const names = expressions.map((_, nth) => `k${nth}`);
  const named = expressions.map((one, nth) => `${one} AS k${nth}`);
  const [row] = await sql.rows(
    z.object({ unique: z.boolean() }),
    `SELECT NOT EXISTS (SELECT FROM (SELECT ${named.join(", ")} FROM ${from}) keys
       WHERE ${names.map((name) => `${name} IS NOT NULL`).join(" AND ")}
       GROUP BY ${names.join(", ")} HAVING count(*) > 1) AS unique`,
  );
  return row?.unique === true;
}

const containedRow = z.object({ values: z.number(), found: z.number() });

/** How many of a column's different values the other column has as well. */
export async function containment(
  sql: Sql,
  { table, column }: { table: string; column: string },
  parent: { table: string; column: string },
): Promise<{ values: number; found: number }> {
  const [row] = await sql.rows(
    containedRow,
    `SELECT count(*) AS values, count(*) FILTER (WHERE EXISTS (
        SELECT FROM ${parent.table} p WHERE p.${identifier(parent.column)}::text = v.value)) AS found
     FROM (SELECT DISTINCT t.${identifier(column)}::text AS value FROM ${table} t
           WHERE t.${identifier(column)} IS NOT NULL) v`,
  );
  return row ?? { values: 0, found: 0 };
}
