import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, onTestFinished, vi } from "vitest";
import type { z } from "zod";
import { isAlive } from "../../../src/db/embedded/pid-file.ts";
import {
  type Database,
  type EmbeddedServer,
  openDatabase,
  startEmbedded,
} from "../../../src/db/index.ts";
import { silentLog } from "../../../src/log.ts";

/** A new data folder for one test; whatever server the test leaves there ends with it. */
export function dataFolder(): string {
  const folder = makeFolder();
  onTestFinished(() => removeServer(folder));
  return folder;
}

/** A new folder that the caller removes. */
export function makeFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), "throughline-db-test-"));
  // As root the server runs under another account, which must be able to enter.
  chmodSync(folder, 0o755);
  return folder;
}

let pristine: string | null = null;

/**
 * A data folder whose cluster was made before; a copy of one, because initdb takes a second and
 * most tests are not about it.
 */
export async function usedFolder(): Promise<string> {
  pristine ??= await makePristine();
  const folder = dataFolder();
  // cp keeps the owners, which cpSync does not.
  execFileSync("cp", ["-a", path.join(pristine, "postgres"), folder]);
  // Each cluster keeps its port; copies of one would take each other's.
  rmSync(path.join(folder, "postgres", "port"));
  return folder;
}

async function makePristine(): Promise<string> {
  const folder = makeFolder();
  const started = await startEmbedded({
    dataDir: folder,
    log: silentLog,
    serverSettings: { fsync: "off" },
  });
  if (!started.ok) throw new Error(JSON.stringify(started.fault));
  await started.value.stop();
  return folder;
}

afterAll(() => {
  if (pristine !== null) rmSync(pristine, { recursive: true, force: true });
});

/** Starts a server whose loss does not matter, unless a test is about just that. */
export async function startServer(
  dataDir: string,
  more: { durable?: boolean; binFolder?: string } = {},
): Promise<EmbeddedServer> {
  const started = await startEmbedded({
    dataDir,
    binFolder: more.binFolder,
    log: silentLog,
    ...(more.durable ? {} : { serverSettings: { fsync: "off" } }),
  });
  if (!started.ok) throw new Error(JSON.stringify(started.fault));
  onTestFinished(async () => void (await started.value.stop()));
  return started.value;
}

/** A pool of the test's own, closed with it. */
export function openPool(url: string): Database {
  const db = openDatabase(url, {
    max: 2,
    applicationName: "test",
    statementTimeoutMs: 10_000,
    log: silentLog,
  });
  onTestFinished(() => db.close());
  return db;
}

/** The one row that a statement returns, on a connection that is gone afterwards. */
export async function ask<T>(url: string, row: z.ZodType<T>, text: string): Promise<T> {
  const db = openDatabase(url, {
    max: 1,
    applicationName: "test",
    statementTimeoutMs: 10_000,
    log: silentLog,
  });
  try {
    const [only] = await db.rows(row, text);
    if (only === undefined) throw new Error("no row");
    return only;
  } finally {
    await db.close();
  }
}

/** The account that owns the cluster; as root it is not ours. */
export function clusterOwner(dataDir: string): { uid: number; gid: number } {
  const { uid, gid } = statSync(path.join(dataDir, "postgres"));
  return { uid, gid };
}

export function postmasterPid(dataDir: string): number {
  const file = path.join(dataDir, "postgres", "data", "postmaster.pid");
  return Number(readFileSync(file, "utf8").split("\n")[0]);
}

async function removeServer(folder: string): Promise<void> {
  if (existsSync(path.join(folder, "postgres", "data", "postmaster.pid"))) {
    const pid = postmasterPid(folder);
    // Immediate shutdown: nothing of it is wanted.
    if (isAlive(pid)) process.kill(pid, "SIGQUIT");
    await vi.waitFor(() => expect(isAlive(pid)).toBe(false), { timeout: 10_000 });
  }
  rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
}
