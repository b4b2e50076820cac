import type { Sql } from "../db/index.ts";
import { failed, ok, type Result } from "../result.ts";
import type { OpenCsv } from "./csv/open-csv.ts";
import type { ImportFault } from "./fault.ts";
import type { MatchedColumns } from "./match-columns.ts";
import { constant, identifier, identifiers } from "./sql-text.ts";
import { STAGE, type Stage, stagedColumns } from "./stage.ts";
import type { TableShape } from "./table-shape.ts";

/** Streams a file into the stage of a table. Fault: a quote that nothing closes. */
export async function stageCsv(
  sql: Sql,
  csv: OpenCsv,
  shape: TableShape,
  { matched, ignored }: MatchedColumns,
): Promise<Result<Stage, ImportFault>> {
  const names = matched.map((column, index) => column?.name ?? `_other_${index}`);
  await createTextTable(sql, `TEMP TABLE ${STAGE}`, names, "ON COMMIT DROP");
  const copied = await copyCsv(sql, csv, STAGE, names);
  if (!copied.ok) return copied;
  return ok({ ...stagedColumns(shape, matched), ...copied.value, ignored });
}

/** `what` names the table; all columns are text, with the line and the flaw in front. */
export async function createTextTable(
  sql: Sql,
  what: string,
  columns: readonly string[],
  end: string,
): Promise<void> {
  const list = columns.map((name) => `${identifier(name)} text`).join(", ");
  await sql.run(`CREATE ${what} (_line bigint NOT NULL, _flaw text, ${list}) ${end}`);
}

/** An empty value, quoted or not, becomes null. */
export async function copyCsv(
  sql: Sql,
  csv: OpenCsv,
  table: string,
  columns: readonly string[],
): Promise<Result<{ rows: number; flawed: number }, ImportFault>> {
  await sql.copyIn(
    `COPY ${table} FROM STDIN (FORMAT csv, DELIMITER ${constant(csv.separator)}, ENCODING 'UTF8', FORCE_NULL (${identifiers(columns)}))`,
    csv.rows,
  );
  const { rows, flawed, unclosedQuote } = csv.counts();
  if (unclosedQuote !== null)
    return failed({ kind: "unclosed_quote", file: csv.name, line: unclosedQuote });
  return ok({ rows, flawed });
}
