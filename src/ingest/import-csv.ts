import { basename } from "node:path";
import type { Readable } from "node:stream";
import type { Database } from "../db/index.ts";
import { nearest } from "../nearest.ts";
import { failed, ok, type Result } from "../result.ts";
import { copyWhole } from "./copy-whole.ts";
import { CsvFile } from "./csv/csv-file.ts";
import { type OpenCsv, openCsv } from "./csv/open-csv.ts";
import type { ImportFault } from "./fault.ts";
import {
  beginImport,
  finishImport,
  finishTable,
  type ImportOptions,
  type ImportRun,
  type LoadedTable,
  loadTable,
} from "./import-run.ts";
import { importTransaction } from "./import-transaction.ts";
import { matchColumns } from "./match-columns.ts";
import type { ImportReport } from "./report.ts";
import { type ImportMode, noRows } from "./row-counts.ts";
import { dropStage } from "./stage.ts";
import { stageCsv } from "./stage-csv.ts";
import { tableRules } from "./table-rules.ts";
import type { TableShape } from "./table-shape.ts";
import { withoutDoubtfulPoints } from "./value-rules.ts";

/** A path, or a stream with the name that reports call it by. */
export type CsvSource = string | { name: string; stream: Readable };

export interface CsvImport extends ImportOptions {
  table: string;
  file: CsvSource;
  mode: ImportMode;
  /** Null: the midnight before the load. */
  completeThrough: Temporal.Instant | null;
}

/**
 * Brings one CSV file into one source table, all of it or, on a fault, nothing. Wrong rows are
 * rejected and reported; the same file twice changes nothing. `replace` also deletes the rows whose
 * keys the file does not name.
 */
export function importCsv(
  db: Database,
  request: CsvImport,
): Promise<Result<ImportReport, ImportFault>> {
  return importTransaction(db, request.timeZone, request.signal, async (sql) => {
    const run = await beginImport(sql, request);
    const shape = run.shapes.get(request.table);
    if (shape === undefined) return failed(unknownTable(request.table, run));
    const loaded = await loadCsv(run, shape, request.file, request.mode);
    if (!loaded.ok) return loaded;
    const through = request.completeThrough;
    const told =
      through === null
        ? ({ kind: "loaded_at" } as const)
        : ({ kind: "instant", instant: through } as const);
    const table = await finishTable(run, shape, loaded.value, told);
    if (!table.ok) return table;
    return finishImport(run, table.value.from, { tables: [table.value], files: [], checks: [] });
  });
}

/** Fault `file_changed` when somebody wrote to the file meanwhile. */
export async function loadCsv(
  run: ImportRun,
  shape: TableShape,
  source: CsvSource,
  mode: ImportMode,
): Promise<Result<LoadedTable, ImportFault>> {
  if (typeof source !== "string")
    return loadBytes(run, shape, { name: source.name, chunks: source.stream }, mode, null);
  const file = await CsvFile.find(source, run.options);
  const name = basename(source);
  const loaded = await loadBytes(run, shape, { name, chunks: file.chunks() }, mode, file);
  if (loaded.ok && (await file.hasChanged())) return failed({ kind: "file_changed", file: name });
  return loaded;
}

/** `file` is where the same bytes can be had again; null: nowhere. */
async function loadBytes(
  run: ImportRun,
  shape: TableShape,
  bytes: Parameters<typeof openCsv>[0],
  mode: ImportMode,
  file: CsvFile | null,
): Promise<Result<LoadedTable, ImportFault>> {
  const csv = await openCsv(bytes);
  if (!csv.ok) return csv;
  try {
    return await loadOpened(run, shape, csv.value, mode, file);
  } finally {
    csv.value.close();
  }
}

async function loadOpened(
  run: ImportRun,
  shape: TableShape,
  csv: OpenCsv,
  mode: ImportMode,
  file: CsvFile | null,
): Promise<Result<LoadedTable, ImportFault>> {
  const match = matchColumns(shape, csv.columns, csv.name);
  if (!match.ok) return match;
  if (file?.isRegular && csv.isPlain && tableRules(shape.table, run.catalogue) === null) {
    const rows = await copyWhole(run, shape, file, match.value.matched);
    if (rows !== null)
      return ok({ ...loadedWhole(run, shape, csv.name, mode, rows), writtenAt: file.writtenAt });
  }
  const stage = await stageCsv(run.sql, csv, shape, match.value);
  if (!stage.ok) return stage;
  const judging = csv.separator === "," ? run : { ...run, check: withoutDoubtfulPoints(run.check) };
  const loaded = await loadTable(judging, {
    shape,
    stage: stage.value,
    from: csv.name,
    mode,
    writtenAt: file?.writtenAt ?? null,
  });
  await dropStage(run.sql);
  return ok(loaded);
}

function loadedWhole(
  run: ImportRun,
  { table }: TableShape,
  from: string,
  mode: ImportMode,
  rows: number,
): Omit<LoadedTable, "writtenAt"> {
  run.options.onProgress?.({ target: table, rows });
  const counts = { ...noRows, read: rows, new: rows };
  return {
    report: { table, from, mode, ...counts, deleted: 0, completeThrough: null },
    deletes: false,
    fed: rows > 0,
  };
}

function unknownTable(table: string, run: ImportRun): ImportFault {
  const allowed = [...run.shapes.keys()];
  return { kind: "unknown_table", table, nearest: nearest(table, allowed), allowed };
}
