/** Everything that is ours into a folder of files, as it stood at one moment, while the bot works on. */
import { createWriteStream } from "node:fs";
import { mkdir, readdir, rename, rm, rmdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import type { Database, Sql } from "../db/index.ts";
import { failed, ok, type Result } from "../result.ts";
import type { BackupFault } from "./backup-fault.ts";
import { fileCode } from "./file-code.ts";
import { MANIFEST, type Manifest } from "./manifest.ts";
import { measured } from "./measured.ts";
import {
  appliedMigrations,
  copyTarget,
  type OwnTable,
  ownSequences,
  ownTables,
} from "./own-tables.ts";

export interface ExportOptions {
  folder: string;
  /** Of this program. */
  version: string;
  now: Temporal.Instant;
  signal?: AbortSignal;
  /** Called for each piece that was written. */
  onRead?: (reading: { file: string; bytes: number; of: null }) => void;
}

export type Exported = Pick<Manifest, "tables" | "takenAt">;

/** A fault leaves nothing in the folder. */
export async function exportData(
  db: Database,
  options: ExportOptions,
): Promise<Result<Exported, BackupFault>> {
  const { folder, signal } = options;
  const place = await emptyFolder(folder);
  if (!place.ok) return place;
  const written: string[] = [];
  try {
    const manifest = await db.transaction((sql) => writeTables(sql, options, written), {
      isolation: "repeatable read",
      readOnly: true,
      settings: { statement_timeout: "0" },
    });
    await writeManifest(folder, manifest, written);
    return ok(manifest);
  } catch (error) {
    await Promise.all(written.map((file) => rm(path.join(folder, file), { force: true })));
    if (place.value.isNew) await rmdir(folder).catch(() => {});
    if (signal?.aborted) return failed({ kind: "interrupted" });
    const code = fileCode(error);
    if (code === null) throw error;
    return failed({ kind: "unwritable", file: written.at(-1) ?? folder, code });
  }
}

async function writeTables(
  sql: Sql,
  { folder, version, now, onRead }: ExportOptions,
  written: string[],
): Promise<Manifest> {
  const tables: Manifest["tables"] = [];
  const migrations = await appliedMigrations(sql);
  for (const own of await ownTables(sql)) {
    const file = `${own.schema}.${own.table}.copy`;
    written.push(file);
    const onBytes = (bytes: number): void => onRead?.({ file, bytes, of: null });
    const sums = await writeTable(sql, own, path.join(folder, file), onBytes);
    tables.push({ ...own, columns: [...own.columns], file, ...sums });
  }
  // Sequences are no part of the snapshot; read last, they are never behind their tables.
  const sequences = await ownSequences(sql);
  return { format: 1, version, migrations, takenAt: now.toString(), tables, sequences };
}

async function writeTable(
  sql: Sql,
  own: OwnTable,
  file: string,
  onBytes: (bytes: number) => void,
): Promise<ReturnType<ReturnType<typeof measured>["measure"]>> {
  const sums = measured(onBytes);
  const rows = await sql.copyOut(`COPY ${copyTarget(own)} TO STDOUT`);
  // It is on the disk before the manifest says so.
  await pipeline(
    rows,
    sums.pass,
    createWriteStream(file, { flags: "wx", mode: 0o600, flush: true }),
  );
  return sums.measure();
}

/** Renamed into place when it is whole. */
async function writeManifest(folder: string, manifest: Manifest, written: string[]): Promise<void> {
  const begun = `${MANIFEST}.part`;
  written.push(begun);
  const text = `${JSON.stringify(manifest, null, 2)}\n`;
  await writeFile(path.join(folder, begun), text, { flag: "wx", mode: 0o600, flush: true });
  await rename(path.join(folder, begun), path.join(folder, MANIFEST));
}

async function emptyFolder(folder: string): Promise<Result<{ isNew: boolean }, BackupFault>> {
  try {
    const made = await mkdir(folder, { recursive: true, mode: 0o700 });
    if ((await readdir(folder)).length > 0) return failed({ kind: "folder_in_use", folder });
    return ok({ isNew: made !== undefined });
  } catch (error) {
    const code = fileCode(error);
    if (code === null) throw error;
    return failed({ kind: "unwritable", file: folder, code });
  }
}
