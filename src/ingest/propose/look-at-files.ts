/** The CSV files of a folder, as tables of texts with what their columns hold. Nothing of it stays. */
import { readdir } from "node:fs/promises";
import type { Sql } from "../../db/index.ts";
import { failed, ok, type Result } from "../../result.ts";
import { fileErrorCode } from "../csv/open-csv.ts";
import type { ImportFault } from "../fault.ts";
import { beginImport, type ImportOptions } from "../import-run.ts";
import { loadRaw, rawTable } from "../mapping/load-raw.ts";
import { columnsOf } from "../mapping/run-select.ts";
import { plainName } from "./fold-name.ts";
import { profileColumn, type Relation } from "./profile.ts";

export interface SeenFiles {
  relations: readonly Relation[];
  /** Files that are no CSV or cannot be read. */
  unread: readonly { file: string; fault: ImportFault }[];
}

/** Fault `unreadable_file` where there is no such folder. */
export async function lookAtFiles(
  sql: Sql,
  folder: string,
  options: ImportOptions,
): Promise<Result<SeenFiles, ImportFault>> {
  const names = await csvFiles(folder);
  if (!names.ok) return names;
  const run = await beginImport(sql, options);
  const relations: Relation[] = [];
  const unread: SeenFiles["unread"][number][] = [];
  for (const file of names.value) {
    const name = plainName(file.slice(0, -4), new Set(relations.map((one) => one.name)));
    const loaded = await loadOne(() => loadRaw(run, folder, name, { file, left_out: [] }), file);
    if (loaded.ok) relations.push(await profiled(sql, name, file, loaded.value.read));
    else unread.push({ file, fault: loaded.fault });
  }
  return ok({ relations, unread });
}

async function csvFiles(folder: string): Promise<Result<string[], ImportFault>> {
  try {
    const files = await readdir(folder);
    return ok(files.filter((file) => /\.csv$/i.test(file)).sort());
  } catch (error) {
    const code = fileErrorCode(error);
    if (code === null) throw error;
    return failed({ kind: "unreadable_file", file: folder, code });
  }
}

/** A file that cannot be opened is one that is not read, and holds up no other. */
async function loadOne<T>(
  load: () => Promise<Result<T, ImportFault>>,
  file: string,
): Promise<Result<T, ImportFault>> {
  try {
    return await load();
  } catch (error) {
    const code = fileErrorCode(error);
    if (code === null) throw error;
    return failed({ kind: "unreadable_file", file, code });
  }
}

async function profiled(sql: Sql, name: string, file: string, rows: number): Promise<Relation> {
  const table = rawTable(name);
  const columns = [];
  for (const column of await columnsOf(sql, table))
    if (column !== "_line" && column !== "_flaw")
      columns.push(await profileColumn(sql, table, column));
  return { name, title: file, table: plainTable(name), over: "raw", hasLines: true, rows, columns };
}

/** A plain name needs no quotes. */
function plainTable(name: string): string {
  return `raw.${name}`;
}
