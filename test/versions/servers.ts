/** The servers that a DATABASE_URL may name, each started from the binaries of its own version. */
import { existsSync } from "node:fs";
import path from "node:path";
import { chooseAccount } from "../../src/db/embedded/choose-account.ts";
import { binariesIn } from "../../src/db/embedded/find-binaries.ts";
import { prepareBinaries } from "../../src/db/embedded/prepare-binaries.ts";
import { type EmbeddedServer, openDatabase, startEmbedded } from "../../src/db/index.ts";
import { silentLog } from "../../src/log.ts";
import { databaseUrl } from "../support/database-url.ts";

const system = process.platform === "win32" ? "windows" : process.platform;

/** The bundled version, and those that `npm run test:versions` has installed here. */
export const supported = [18, ...[17, 16, 15].filter((version) => nativeOf(version) !== null)];
/** Installed only to be refused. */
export const tooOld = nativeOf(14) === null ? null : 14;

function nativeOf(version: number): string | null {
  const name = `postgres-${version}-${system}-${process.arch}`;
  const folder = path.join(import.meta.dirname, "node_modules", name, "native");
  return existsSync(folder) ? folder : null;
}

/** The folder to name in POSTGRES_BIN; undefined for the bundled one. */
export function binFolderOf(version: number, home: string): string | undefined {
  const native = nativeOf(version);
  if (native === null) return undefined;
  const account = chooseAccount([]);
  if (!account.ok) throw new Error(account.fault.kind);
  const found = binariesIn(path.join(native, "bin"), native);
  const prepared = prepareBinaries(found, home, account.value);
  if (!prepared.ok) throw new Error(JSON.stringify(prepared.fault));
  return path.dirname(prepared.value.postgres);
}

export async function startVersion(version: number, dataDir: string): Promise<EmbeddedServer> {
  const started = await startEmbedded({
    dataDir,
    binFolder: binFolderOf(version, dataDir),
    log: silentLog,
    serverSettings: { fsync: "off", synchronous_commit: "off", full_page_writes: "off" },
  });
  if (!started.ok) throw new Error(JSON.stringify(started.fault));
  return started.value;
}

/**
 * A database as a stranger has it: not one of ours, and its texts are sorted as in English, where
 * the embedded one sorts code points.
 */
export async function createStrangersDatabase(serverUrl: string, name: string): Promise<string> {
  const admin = openDatabase(serverUrl, {
    max: 1,
    applicationName: "test admin",
    statementTimeoutMs: 60_000,
    log: silentLog,
  });
  await admin.run(
    `CREATE DATABASE ${name} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'
       LOCALE_PROVIDER icu ICU_LOCALE 'en-US'`,
  );
  await admin.close();
  return databaseUrl(serverUrl, name);
}
