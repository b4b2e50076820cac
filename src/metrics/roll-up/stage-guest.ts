/**
 * Rows that the restricted login reads, into a temporary table of ours: it may create none, and what it
 * reads is carried over page by page.
 */
import { z } from "zod";
import type { Sql } from "../../db/index.ts";
import { asGuest, refuseMore, type Sourced } from "../query/metric-rows.ts";

export interface GuestRows {
  sourced: Sourced;
  /** Gives the columns of the stage, in any order. */
  text: string;
  values: readonly unknown[];
  /** Rows at most. */
  most: number;
}

/** Makes the temporary table `table` of columns with these names and types, and fills it. */
export async function stageGuest(
  sql: Sql,
  table: string,
  columns: readonly (readonly [name: string, type: string])[],
  { sourced, text, values, most }: GuestRows,
): Promise<void> {
  const types = columns.map(([name, type]) => `"${name}" ${type}`);
  await sql.run(`CREATE TEMP TABLE ${table} (${types.join(", ")}) ON COMMIT DROP`);
  const names = columns.map(([name]) => `"${name}"`).join(", ");
  const cast = columns.map(([name, type]) => `q."${name}"::${type}::text`);
  const lines = `SELECT ARRAY[${cast.join(", ")}] AS line FROM (${text}) q`;
  await asGuest(sql, sourced, (guest) =>
    sql.copyIn(
      `COPY ${table} (${names}) FROM STDIN`,
      copyText(guest.pages(staged, lines, values), sourced, most),
    ),
  );
}

const staged = z.object({ line: z.array(z.string().nullable()) });

async function* copyText(
  pages: AsyncGenerator<z.infer<typeof staged>[]>,
  sourced: Sourced,
  most: number,
): AsyncGenerator<string> {
  let rows = 0;
  for await (const page of pages) {
    rows += page.length;
    refuseMore(sourced, rows, most);
    yield page.map(({ line }) => `${line.map(copyField).join("\t")}\n`).join("");
  }
}

/** Source: PostgreSQL, COPY, text format. */
function copyField(value: string | null): string {
  if (value === null) return "\\N";
  return value.replace(/[\\\t\n\r]/g, (sign) => escapes[sign] ?? sign);
}

const escapes: Readonly<Record<string, string>> = {
  "\\": "\\\\",
  "\t": "\\t",
  "\n": "\\n",
  "\r": "\\r",
};
