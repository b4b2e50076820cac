import { basename, join, resolve } from "node:path";
import { type Sql, sqlState } from "../../db/index.ts";
import { failed, ok, type Result } from "../../result.ts";
import { CsvFile } from "../csv/csv-file.ts";
import { type OpenCsv, openCsv } from "../csv/open-csv.ts";
import type { ImportFault } from "../fault.ts";
import type { ImportRun } from "../import-run.ts";
import { constant, identifier } from "../sql-text.ts";
import { REJECTED } from "../stage.ts";
import { copyCsv, createTextTable } from "../stage-csv.ts";
import type { MappedFile } from "./definition.ts";
import { columnsOf } from "./run-select.ts";

export interface RawFile {
  name: string;
  file: string;
  /** Rows that could be read are in the table, those that could not are rejections. */
  read: number;
  flawed: number;
  /** Null for a pipe. */
  writtenAt: Temporal.Instant | null;
}

export function rawTable(name: string): string {
  return `raw.${identifier(name)}`;
}

/** Loads a CSV file into `raw.<name>`: text as it came, and `_line`. Replaces what was there. */
export async function loadRaw(
  run: ImportRun,
  folder: string,
  name: string,
  { file }: MappedFile,
): Promise<Result<RawFile, ImportFault>> {
  const found = await CsvFile.find(resolve(join(folder, file)), run.options);
  const csv = await openCsv({ name: basename(file), chunks: found.chunks() });
  if (!csv.ok) return csv;
  const copied = await fillTable(run.sql, name, csv.value);
  if (!copied.ok) return copied;
  if (await found.hasChanged()) return failed({ kind: "file_changed", file: basename(file) });
  if (copied.value.flawed > 0) await rejectFlawed(run.sql, name);
  await run.sql.run(`ANALYZE ${rawTable(name)}`);
  run.options.onProgress?.({ target: `raw.${name}`, rows: copied.value.rows });
  const { writtenAt } = found;
  return ok({ name, file, read: copied.value.rows, flawed: copied.value.flawed, writtenAt });
}

async function fillTable(
  sql: Sql,
  name: string,
  csv: OpenCsv,
): Promise<Result<{ rows: number; flawed: number }, ImportFault>> {
  try {
    const prepared = await prepareTable(sql, name, csv.columns);
    return prepared.ok ? await copyCsv(sql, csv, rawTable(name), csv.columns) : prepared;
  } finally {
    csv.close();
  }
}

/** A table with the same columns is emptied, so that what was built on it stays. */
async function prepareTable(
  sql: Sql,
  name: string,
  columns: readonly string[],
): Promise<Result<null, ImportFault>> {
  const table = rawTable(name);
  const present = await columnsOf(sql, table);
  if (present.join("\0") === ["_line", "_flaw", ...columns].join("\0")) {
    await sql.run(`TRUNCATE ${table}`);
    return ok(null);
  }
  try {
    await sql.run(`DROP TABLE IF EXISTS ${table}`);
  } catch (error) {
    if (sqlState(error) !== "2BP01") throw error;
    return failed({ kind: "raw_in_use", name });
  }
  await createTextTable(sql, `TABLE ${table}`, columns, "");
  return ok(null);
}

async function rejectFlawed(sql: Sql, name: string): Promise<void> {
  await sql.run(`INSERT INTO ${REJECTED} (target, row, line, code)
      SELECT ${constant(`raw.${name}`)}, ctid, _line, _flaw FROM ${rawTable(name)}
      WHERE _flaw IS NOT NULL ORDER BY _line;
    DELETE FROM ${rawTable(name)} WHERE _flaw IS NOT NULL`);
}
