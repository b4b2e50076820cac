import { basename, dirname } from "node:path";
import type { Database, Sql } from "../db/index.ts";
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
import { isOverDatabase, isView } from "./mapping/definition.ts";
import { loadRaw, type RawFile } from "./mapping/load-raw.ts";
import { type ReadMapping, readMapping } from "./mapping/read-mapping.ts";
import { readSource } from "./mapping/read-source.ts";
import { runChecks } from "./mapping/run-checks.ts";
import { forgetLines, stageRemote } from "./mapping/stage-remote.ts";
import { stageSelect } from "./mapping/stage-select.ts";
import type { FileAccount, ImportReport, TableReport } from "./report.ts";
import { dropStage } from "./stage.ts";
import { readTableShapes, type TableShape } from "./table-shape.ts";
import { loadView } from "./views/load-view.ts";
import { ASIDE, hasViews, keepRefreshesOut, tableForView } from "./views/take-place.ts";

export interface MappingImport extends ImportOptions {
  /** The mapping file. */
  mapping: string;
  /** Where its files are; null: beside it. */
  dir: string | null;
}

/**
 * Brings somebody else's data in through a mapping, in one transaction: files into `raw`, each source
 * table from its SELECT over them or over the user's own database, parents first; then the account of
 * every line, and the checks.
 */
export async function importMapping(
  db: Database,
  request: MappingImport,
): Promise<Result<ImportReport, ImportFault>> {
  const read = await readMapping(request.mapping);
  if (!read.ok) return read;
  const { mapping } = read.value;
  const remote = Object.keys(mapping.tables).find((table) => isOverDatabase(mapping, table));
  const { source = null } = request;
  if (remote === undefined) return importWith(db, request, read.value, null);
  if (source === null) return failed({ kind: "no_source_database", entry: `tables.${remote}` });
  return readSource(source, request.signal, (sql) => importWith(db, request, read.value, sql));
}

/** `remote` reads the user's own database; null: no table is over it. */
function importWith(
  db: Database,
  request: MappingImport,
  read: ReadMapping,
  remote: Sql | null,
): Promise<Result<ImportReport, ImportFault>> {
  return importTransaction(db, request.timeZone, request.signal, (sql) =>
    runMapping(sql, request, read, remote),
  );
}

/** What a mapping does, in the transaction of `sql`. */
export async function runMapping(
  sql: Sql,
  request: MappingImport,
  read: ReadMapping,
  remote: Sql | null,
): Promise<Result<ImportReport, ImportFault>> {
  const { mapping, places } = read;
  const named = Object.keys(mapping.tables);
  if (named.some((table) => isView(mapping, table)) || (await hasViews(sql, named)))
    await keepRefreshesOut(sql);
  for (const table of named) if (!isView(mapping, table)) await tableForView(sql, table);
  const run = await beginImport(sql, request);
  const aside = await readTableShapes(sql, ASIDE);
  const shapes = checkTables(read, new Map([...run.shapes, ...aside]));
  if (!shapes.ok) return shapes;
  await createLineAccounts(sql);
  const files = await loadFiles(run, read, request.dir ?? dirname(request.mapping));
  if (!files.ok) return files;
  const from = basename(request.mapping);
  const input: Input = { read, files: files.value, remote, from };
  const tables = await loadTables(run, input, foreignKeyOrder(shapes.value));
  if (!tables.ok) return tables;
  const accounts = await accountForFiles(run, read, files.value);
  if (!accounts.ok) return accounts;
  const checks = await runChecks(sql, mapping.checks, places, request.checksFile ?? null);
  if (!checks.ok) return checks;
  const found = { tables: tables.value, files: accounts.value, checks: checks.value };
  return finishImport(run, from, found);
}

/** What the SELECTs of a mapping read. */
interface Input {
  read: ReadMapping;
  files: readonly RawFile[];
  remote: Sql | null;
  /** What reports call it. */
  from: string;
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
  input: Input,
  shapes: readonly TableShape[],
): Promise<Result<TableReport[], ImportFault>> {
  const { mapping } = input.read;
  const loaded = new Map<TableShape, LoadedTable>();
  const views: TableReport[] = [];
  for (const shape of shapes) {
    if (isView(mapping, shape.table)) {
      const { select, lag = 0 } = entryOf(input.read, shape);
      const view = await loadView(run, select, shape, lag);
      if (!view.ok) return view;
      views.push(view.value);
      continue;
    }
    const table = isOverDatabase(mapping, shape.table)
      ? await loadRemote(run, input, shape)
      : await loadMapped(run, input, shape);
    if (!table.ok) return table;
    loaded.set(shape, table.value);
  }
  const finished = await finishTables(
    run,
    loaded,
    ({ table }) => mapping.tables[table]?.complete_through ?? { kind: "loaded_at" },
  );
  return finished.ok ? ok([...finished.value, ...views]) : finished;
}

async function loadRemote(
  run: ImportRun,
  { read, remote, from }: Input,
  shape: TableShape,
): Promise<Result<LoadedTable, ImportFault>> {
  const { select, mode } = entryOf(read, shape);
  if (remote === null) throw new Error(`${select.entry} needs the user's own database`);
  const stage = await stageRemote(run.sql, remote, select, shape);
  if (!stage.ok) return stage;
  // No row of a database that was read is an answer; of a file it may be a failed export.
  const loaded = await loadTable(run, { shape, stage: stage.value, from, mode, behind: 1 });
  await forgetLines(run.sql, shape);
  await dropStage(run.sql);
  return ok(loaded);
}

function entryOf({ mapping, places }: ReadMapping, { table }: TableShape) {
  const entry = mapping.tables[table];
  if (entry === undefined) throw new Error(`no entry for ${table}`);
  const path = ["tables", table, "sql"];
  return { ...entry, select: { entry: `tables.${table}`, sql: entry.sql, path, places } };
}

async function loadMapped(
  run: ImportRun,
  { read, files, from: mapping }: Input,
  shape: TableShape,
): Promise<Result<LoadedTable, ImportFault>> {
  const { select, from, mode } = entryOf(read, shape);
  const stage = await stageSelect(run.sql, select, shape);
  if (!stage.ok) return stage;
  if (from !== undefined && !stage.value.lines) {
    const place = read.places.of(["tables", shape.table, "from"]);
    const message = "the SELECT must give _line, the lines of this file that each row comes from";
    return failed({
      kind: "mapping",
      problems: [{ ...place, path: `${select.entry}.from`, message }],
    });
  }
  const loaded = await loadTable(run, {
    shape,
    stage: stage.value,
    from: mapping,
    mode,
    behind: rowsBehind(files, from),
    writtenAt: oldestRead(files, from, select.sql),
  });
  await noteLines(run.sql, shape.table, stage.value, from);
  await dropStage(run.sql);
  return ok(loaded);
}

/** When the oldest of the files was written that a SELECT names, or of the one that it says it is from. */
function oldestRead(
  files: readonly RawFile[],
  from: string | undefined,
  select: string,
): Temporal.Instant | null {
  const names = ({ name }: RawFile): boolean =>
    from === undefined ? new RegExp(`\\b${name}\\b`).test(select) : name === from;
  const written = files.filter(names).flatMap(({ writtenAt }) => writtenAt ?? []);
  return written.sort(Temporal.Instant.compare)[0] ?? null;
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
