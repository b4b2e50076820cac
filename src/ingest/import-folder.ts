import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { Database } from "../db/index.ts";
import { failed, ok, type Result } from "../result.ts";
import { fileErrorCode } from "./csv/open-csv.ts";
import type { ImportFault } from "./fault.ts";
import { foreignKeyOrder } from "./foreign-key-order.ts";
import { loadCsv } from "./import-csv.ts";
import {
  beginImport,
  finishImport,
  finishTables,
  type ImportOptions,
  type ImportRun,
  type LoadedTable,
} from "./import-run.ts";
import { importTransaction } from "./import-transaction.ts";
import type { ImportReport, TableReport } from "./report.ts";
import type { ImportMode } from "./row-counts.ts";
import type { CompleteThrough } from "./set-watermark.ts";
import type { TableShape } from "./table-shape.ts";

export interface FolderImport extends ImportOptions {
  folder: string;
  mode: ImportMode;
  /** Null: the midnight before the load, for every table. */
  completeThrough: Temporal.Instant | null;
}

/**
 * Brings every `<table>.csv` of a folder in, parents before children, in one transaction. Files
 * called otherwise are left alone. Fault `no_tables` when there is none.
 */
export async function importFolder(
  db: Database,
  request: FolderImport,
): Promise<Result<ImportReport, ImportFault>> {
  const names = await csvNames(request.folder);
  if (!names.ok) return names;
  return importTransaction(db, request.timeZone, request.signal, async (sql) => {
    const run = await beginImport(sql, request);
    const found = [...run.shapes.values()].filter(({ table }) => names.value.has(table));
    if (found.length === 0) {
      return failed({ kind: "no_tables", folder: request.folder, allowed: [...run.shapes.keys()] });
    }
    const tables = await loadAll(run, foreignKeyOrder(found), request);
    if (!tables.ok) return tables;
    return finishImport(run, request.folder, { tables: tables.value, files: [], checks: [] });
  });
}

async function loadAll(
  run: ImportRun,
  shapes: readonly TableShape[],
  request: FolderImport,
): Promise<Result<TableReport[], ImportFault>> {
  const loaded = new Map<TableShape, LoadedTable>();
  for (const shape of shapes) {
    const table = await loadCsv(
      run,
      shape,
      join(request.folder, `${shape.table}.csv`),
      request.mode,
    );
    if (!table.ok) return table;
    loaded.set(shape, table.value);
  }
  const through: CompleteThrough =
    request.completeThrough === null
      ? { kind: "loaded_at" }
      : { kind: "instant", instant: request.completeThrough };
  return finishTables(run, loaded, () => through);
}

async function csvNames(folder: string): Promise<Result<Set<string>, ImportFault>> {
  try {
    const files = await readdir(folder);
    return ok(
      new Set(files.filter((file) => file.endsWith(".csv")).map((file) => file.slice(0, -4))),
    );
  } catch (error) {
    const code = fileErrorCode(error);
    if (code === null) throw error;
    return failed({ kind: "unreadable_file", file: folder, code });
  }
}
