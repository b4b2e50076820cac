/**
 * The quick way of a file into an empty table: COPY straight into it, and the table's own
 * constraints judge. It takes only files that the careful way would take whole and alike; at the
 * first doubt nothing has happened, and the careful way finds out what is wrong.
 */
import { z } from "zod";
import { sqlState } from "../db/index.ts";
import { openBareCsv, type PlainKind } from "./csv/bare-csv.ts";
import type { CsvFile } from "./csv/csv-file.ts";
import { eventTimesOf } from "./event-times.ts";
import type { ImportRun } from "./import-run.ts";
import { markDirty } from "./mark-dirty.ts";
import { identifier, identifiers } from "./sql-text.ts";
import { isEmpty, isFaultOfData, lockTable, target } from "./stage.ts";
import type { TableColumn, TableShape } from "./table-shape.ts";
import { gatherMentioned } from "./unknown-references.ts";
import { isNumber } from "./value-rules.ts";

/** The number of rows, or null when the file has to go the careful way. */
export async function copyWhole(
  run: ImportRun,
  shape: TableShape,
  file: CsvFile,
  matched: readonly (TableColumn | null)[],
): Promise<number | null> {
  const columns = matched.filter((column): column is TableColumn => column !== null);
  // COPY cannot pass over a column, and of a single one a row may look like COPY's own end mark.
  if (columns.length < matched.length || columns.length < 2) return null;
  await lockTable(run.sql, shape);
  if (!(await isEmpty(run.sql, shape))) return null;
  await run.sql.run("SAVEPOINT whole");
  const rows = await copied(run, shape, file, columns);
  if (rows === null) {
    await run.sql.run("ROLLBACK TO SAVEPOINT whole; RELEASE SAVEPOINT whole");
    return null;
  }
  await run.sql.run("RELEASE SAVEPOINT whole");
  await run.sql.run(`ANALYZE ${target(shape)}`);
  await markDirty(run.sql, shape.table, eventTimesOf(shape.table), target(shape));
  await gatherMentioned(run.sql, shape, run.shapes, target(shape), columns);
  return rows;
}

async function copied(
  run: ImportRun,
  shape: TableShape,
  file: CsvFile,
  columns: readonly TableColumn[],
): Promise<number | null> {
  const csv = openBareCsv(
    file.chunks(),
    columns.map(({ type }) => plainKind(type)),
  );
  const list = identifiers(columns.map(({ name }) => name));
  try {
    await run.sql.copyIn(
      `COPY ${target(shape)} (${list}) FROM STDIN (FORMAT csv, ENCODING 'UTF8')`,
      csv.rows,
    );
  } catch (error) {
    if (!isFaultOfData(sqlState(error))) throw error;
    return null;
  }
  const { plain, rows } = csv.counts();
  return plain && !(await hasDoubtful(run, shape, columns)) ? rows : null;
}

function plainKind(type: string): PlainKind {
  if (type === "date" || type.startsWith("timestamp")) return "moment";
  return isNumber(type) ? "number" : "any";
}

/** Empty values where the careful way puts the column's default. */
async function hasDoubtful(
  { sql }: ImportRun,
  shape: TableShape,
  columns: readonly TableColumn[],
): Promise<boolean> {
  const doubts = columns.flatMap(({ name, fallback }) =>
    fallback === null ? [] : [`${identifier(name)} IS NULL`],
  );
  if (doubts.length === 0) return false;
  const [row] = await sql.rows(
    z.strictObject({ found: z.boolean() }),
    `SELECT EXISTS (SELECT FROM ${target(shape)} WHERE ${doubts.join(" OR ")}) AS found`,
  );
  return row?.found === true;
}
