import { basename, dirname } from "node:path";
import type { Database } from "../db/index.ts";
import { failed, ok, type Result } from "../result.ts";
import type { ImportFault } from "./fault.ts";
import { foreignKeyOrder } from "./foreign-key-order.ts";
import {
  beginImport,
  finishImport,
  finishTables,
  type ImportOptions,
  type ImportRun,
  type LoadedTable,
  loadTable,
} from "./import-run.ts";
import { importTransaction } from "./import-transaction.ts";
import {
  accountForFile,
  createLineAccounts,
  noteLeftOut,
  noteLines,
} from "./mapping/account-for-lines.ts";
import { checkTables } from "./mapping/check-tables.ts";
import { loadRaw, type RawFile } from "./mapping/load-raw.ts";
import { type ReadMapping, readMapping } from "./mapping/read-mapping.ts";
import { runChecks } from "./mapping/run-checks.ts";
import { stageSelect } from "./mapping/stage-select.ts";
import type { FileAccount, ImportReport, TableReport } from "./report.ts";
import { dropStage } from "./stage.ts";
import type { TableShape } from "./table-shape.ts";

export interface MappingImport extends ImportOptions {
  /** The mapping file. */
  mapping: string;
  /** Where its files are; null: beside it. */
  dir: string | null;
}

/**
 * Brings somebody else's files in through a mapping, in one transaction: files into `raw`, each
 * source table from its SELECT, parents first; then the account of every line, and the checks.
 */
export async function importMapping(
  db: Database,
  request: MappingImport,
): Promise<Result<ImportReport, ImportFault>> {
  const read = await readMapping(request.mapping);
  if (!read.ok) return read;
  return importTransaction(db, request.timeZone, request.signal, async (sql) => {
    const run = await beginImport(sql, request);
    const shapes = checkTables(read.value, run.shapes);
    if (!shapes.ok) return shapes;
    await createLineAccounts(sql);
    const files = await loadFiles(run, read.value, request.dir ?? dirname(request.mapping));
    if (!files.ok) return files;
    const tables = await loadTables(
      run,
      read.value,
      files.value,
      foreignKeyOrder(shapes.value),
      basename(request.mapping),
    );
    if (!tables.ok) return tables;
    const accounts = await accountForFiles(run, read.value, files.value);
    if (!accounts.ok) return accounts;
    const checks = await runChecks(
      sql,
      read.value.mapping.checks,
      read.value.places,
      request.checksFile ?? null,
    );
    if (!checks.ok) return checks;
    const found = { tables: tables.value, files: accounts.value, checks: checks.value };
    return finishImport(run, basename(request.mapping), found);
  });
}

async function loadFiles(
  run: ImportRun,
  { mapping }: ReadMapping,
  folder: string,
): Promise<Result<RawFile[], ImportFault>> {
  const files: RawFile[] = [];
  for (const [name, file] of Object.entries(mapping.files)) {
    const raw = await loadRaw(run, folder, name, file);
    if (!raw.ok) return raw;
    files.push(raw.value);
  }
  return ok(files);
}

async function loadTables(
  run: ImportRun,
  read: ReadMapping,
  files: readonly RawFile[],
  shapes: readonly TableShape[],
  from: string,
): Promise<Result<TableReport[], ImportFault>> {
  const loaded = new Map<TableShape, LoadedTable>();
  for (const shape of shapes) {
    const table = await loadMapped(run, read, files, shape, from);
    if (!table.ok) return table;
    loaded.set(shape, table.value);
  }
  return finishTables(
    run,
    loaded,
    ({ table }) => read.mapping.tables[table]?.complete_through ?? { kind: "loaded_at" },
  );
}

async function loadMapped(
  run: ImportRun,
  { mapping, places }: ReadMapping,
  files: readonly RawFile[],
  shape: TableShape,
  from: string,
): Promise<Result<LoadedTable, ImportFault>> {
  const entry = mapping.tables[shape.table];
  if (entry === undefined) throw new Error(`no entry for ${shape.table}`);
  const path = ["tables", shape.table, "sql"];
  const select = { entry: `tables.${shape.table}`, sql: entry.sql, path, places };
  const stage = await stageSelect(run.sql, select, shape);
  if (!stage.ok) return stage;
  if (entry.from !== undefined && !stage.value.lines) {
    const place = places.of(["tables", shape.table, "from"]);
    const message = "the SELECT must give _line, the lines of this file that each row comes from";
    return failed({
      kind: "mapping",
      problems: [{ ...place, path: `${select.entry}.from`, message }],
    });
  }
  const behind = rowsBehind(files, entry.from);
  const loaded = await loadTable(run, {
    shape,
    stage: stage.value,
    from,
    mode: entry.mode,
    behind,
  });
  await noteLines(run.sql, shape.table, stage.value, entry.from);
  await dropStage(run.sql);
  return ok(loaded);
}

/** Of the file that a table says it is from, else of all; a SELECT may also read the database. */
function rowsBehind(files: readonly RawFile[], from: string | undefined): number {
  const own = from === undefined ? files : files.filter(({ name }) => name === from);
  return own.length === 0 ? 1 : own.reduce((sum, { read }) => sum + read, 0);
}

async function accountForFiles(
  run: ImportRun,
  { mapping, places }: ReadMapping,
  files: readonly RawFile[],
): Promise<Result<FileAccount[], ImportFault>> {
  const accounts: FileAccount[] = [];
  for (const raw of files) {
    const file = mapping.files[raw.name];
    if (file === undefined) continue;
    const noted = await noteLeftOut(run.sql, raw.name, file, places);
    if (!noted.ok) return noted;
    accounts.push(await accountForFile(run.sql, raw, file));
  }
  return ok(accounts);
}
