/** `kpi restore --dir <folder>`: an export into an empty database. */
import path from "node:path";
import {
  type BackupFault,
  type Manifest,
  readManifest,
  restoreData,
  tellBackupFault,
} from "../backup/index.ts";
import type { Config } from "../config/index.ts";
import {
  type Database,
  databaseCode,
  knownMigrations,
  migrate,
  openDatabase,
  pendingMigrations,
} from "../db/index.ts";
import { type Log, silentLog } from "../log.ts";
import { makeLog } from "../logger.ts";
import { startServer } from "../open-data.ts";
import { failed, type Result } from "../result.ts";
import { sum } from "./export.ts";
import { ProgressBar } from "./progress-bar.ts";
import { interruption } from "./stop-signal.ts";
import { tellStartFault } from "./tell-start-fault.ts";
import { complain, DONE, FAILED, print, readConfig, STOPPED } from "./terminal.ts";

export async function restoreAll({ dir }: { dir: string }): Promise<number> {
  const config = readConfig();
  if (config === null) return FAILED;
  const folder = path.resolve(dir);
  const manifest = await readManifest(folder);
  if (!manifest.ok) return told(manifest.fault);
  const newer = unknownTo(knownMigrations(), manifest.value.migrations);
  if (newer.length > 0)
    return told({ kind: "newer_export", version: manifest.value.version, migrations: newer });
  const signal = interruption();
  const log = makeLog(config.logLevel === "info" ? "warn" : config.logLevel);
  return onServer(config, log, signal, async (url) => {
    const restored = await restoreInto(url, { folder, manifest: manifest.value, log, signal });
    if (!restored.ok) return told(restored.fault);
    tellRestored(manifest.value);
    return DONE;
  });
}

/** Unlike other commands this one must meet the database as it is, and not brought up to date. */
async function onServer(
  config: Config,
  log: Log,
  signal: AbortSignal,
  work: (url: string) => Promise<number>,
): Promise<number> {
  const server = await startServer(config, log, signal);
  if (!server.ok) {
    complain(tellStartFault(server.fault));
    return server.fault.kind === "interrupted" ? STOPPED : FAILED;
  }
  try {
    return await work(server.value.url);
  } catch (error) {
    if (signal.aborted) return told({ kind: "interrupted" });
    complain(tellStartFault({ kind: "database", code: databaseCode(error) }));
    return FAILED;
  } finally {
    await server.value.embedded?.stop();
  }
}

interface Restoring {
  folder: string;
  manifest: Manifest;
  log: Log;
  signal: AbortSignal;
}

/** The schema of the export's own version first, then its rows, then what is newer of the schema. */
async function restoreInto(
  url: string,
  { folder, manifest, log, signal }: Restoring,
): Promise<Result<null, BackupFault>> {
  const bar = new ProgressBar(process.stderr);
  const db = openDatabase(url, {
    max: 1,
    applicationName: "throughline restore",
    statementTimeoutMs: 0,
    log,
  });
  const interrupt = (): void => void db.interrupt();
  signal.addEventListener("abort", interrupt, { once: true });
  try {
    const applied = await appliedTo(db);
    const ahead = unknownTo(manifest.migrations, applied);
    if (ahead.length > 0) return failed({ kind: "newer_database", migrations: ahead });
    const missing = manifest.migrations.length - applied.length;
    if (missing > 0) await migrate(url, silentLog, signal, missing);
    const onRead = (reading: Parameters<typeof bar.update>[0]): void => bar.update(reading);
    const restored = await restoreData(db, { folder, manifest, signal, onRead });
    bar.clear();
    if (restored.ok) await migrate(url, log, signal);
    return restored;
  } finally {
    bar.clear();
    await db.close();
  }
}

async function appliedTo(db: Database): Promise<string[]> {
  const pending = new Set(await pendingMigrations(db));
  return knownMigrations().filter((name) => !pending.has(name));
}

function unknownTo(known: readonly string[], names: readonly string[]): string[] {
  return names.filter((name) => !known.includes(name));
}

function told(fault: BackupFault): number {
  if (fault.kind !== "interrupted") complain(tellBackupFault(fault));
  complain("Nothing was restored.");
  return fault.kind === "interrupted" ? STOPPED : FAILED;
}

function tellRestored({ tables, takenAt }: Manifest): void {
  const rows = sum(tables, "rows").toLocaleString("en-GB");
  print(`${tables.length} tables, ${rows} rows, as they stood at ${takenAt}`);
  print(
    "Schedules begin anew: nothing is posted of the time since. What was on its way then is looked up in its channel before it is posted. Next: kpi doctor, then kpi serve.",
  );
}
