/** An export into an empty database, all of it or nothing. */
import { createReadStream } from "node:fs";
import path from "node:path";
import { type Database, type Sql, sqlState } from "../db/index.ts";
import { failed, ok, type Result } from "../result.ts";
import type { BackupFault } from "./backup-fault.ts";
import { fileCode } from "./file-code.ts";
import type { Manifest } from "./manifest.ts";
import { measured } from "./measured.ts";
import { copyTarget, ownTables, tablesInUse } from "./own-tables.ts";
import { settleRestored } from "./settle-restored.ts";

export interface RestoreOptions {
  folder: string;
  manifest: Manifest;
  signal?: AbortSignal;
  /** Called for each piece that was read. */
  onRead?: (reading: { file: string; bytes: number; of: number }) => void;
}

/** The schema is that of the export's own version. */
export async function restoreData(
  db: Database,
  options: RestoreOptions,
): Promise<Result<null, BackupFault>> {
  try {
    await db.transaction((sql) => fill(sql, options), { settings: { statement_timeout: "0" } });
    return ok(null);
  } catch (error) {
    if (error instanceof Undone) return failed(error.fault);
    if (options.signal?.aborted) return failed({ kind: "interrupted" });
    throw error;
  }
}

/** Carries a fault out of the transaction, which rolls back only on a throw. */
class Undone extends Error {
  readonly fault: BackupFault;

  constructor(fault: BackupFault) {
    super(fault.kind);
    this.fault = fault;
  }
}

async function fill(sql: Sql, { folder, manifest, onRead }: RestoreOptions): Promise<void> {
  const used = await tablesInUse(sql, await ownTables(sql));
  if (used.length > 0) throw new Undone({ kind: "database_in_use", tables: used });
  for (const entry of manifest.tables) {
    const onBytes = (bytes: number): void => onRead?.({ file: entry.file, bytes, of: entry.bytes });
    await fillTable(sql, path.join(folder, entry.file), entry, onBytes);
  }
  for (const { schema, sequence, last } of manifest.sequences)
    await sql.run(`SELECT setval('${schema}.${sequence}', $1)`, [last]);
  await settleRestored(sql);
}

async function fillTable(
  sql: Sql,
  file: string,
  entry: Manifest["tables"][number],
  onBytes: (bytes: number) => void,
): Promise<void> {
  const sums = measured(onBytes);
  try {
    await sql.copyIn(`COPY ${copyTarget(entry)} FROM STDIN`, sums.pass(createReadStream(file)));
  } catch (error) {
    throw faultOf(error, entry) ?? error;
  }
  const { rows, sha256 } = sums.measure();
  if (rows === entry.rows && sha256 === entry.sha256) return;
  throw new Undone({ kind: "damaged", file: entry.file, what: "content" });
}

/** A file that was changed may also be none that the table takes. */
function faultOf(error: unknown, { schema, table, file }: Manifest["tables"][number]) {
  const code = fileCode(error);
  if (code === "ENOENT") return new Undone({ kind: "damaged", file, what: "missing" });
  if (code !== null) return new Undone({ kind: "damaged", file, what: "content" });
  const state = sqlState(error);
  if (state === null || !/^(22|23|42)/.test(state)) return null;
  return new Undone({ kind: "refused", table: `${schema}.${table}`, sqlState: state });
}
