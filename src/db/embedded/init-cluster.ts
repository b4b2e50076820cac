import { randomBytes, randomUUID } from "node:crypto";
import {
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { failed, ok, type Result } from "../../result.ts";
import { errorCode } from "../connection-loss.ts";
import { giveTo, makePrivateFolder } from "./choose-home.ts";
import type { EmbeddedFault } from "./embedded-server.ts";
import { type InitSettings, runInitdb } from "./run-initdb.ts";

export interface Cluster {
  /** Holds data/, password and port. */
  folder: string;
  data: string;
  password: string;
}

/**
 * Opens the cluster below `home`, creating it the first time. It is made aside and renamed into
 * place, so that a kill during initdb leaves no half cluster, and of two processes that start
 * together one wins and the other uses the winner's.
 */
export async function openCluster(
  home: string,
  settings: InitSettings,
): Promise<Result<Cluster, EmbeddedFault>> {
  const folder = clusterFolder(home);
  try {
    removeAbandoned(home);
    if (!existsSync(folder)) {
      const made = await makeCluster(home, settings);
      if (!made.ok) return made;
    }
    const data = clusterVersion(folder);
    if (data !== settings.version)
      return failed({ kind: "other_version", folder, data, binaries: settings.version });
    return ok({ folder, data: path.join(folder, "data"), password: readPassword(folder) });
  } catch (error) {
    return failed({ kind: "folder_unusable", path: folder, code: errorCode(error) });
  }
}

export function clusterFolder(home: string): string {
  return path.join(home, "postgres");
}

async function makeCluster(
  home: string,
  settings: InitSettings,
): Promise<Result<null, EmbeddedFault>> {
  const staged = `${clusterFolder(home)}.new-${randomUUID()}`;
  makePrivateFolder(staged, settings.account);
  const passwordFile = path.join(staged, "password");
  writeFileSync(passwordFile, randomBytes(24).toString("hex"), { mode: 0o600 });
  giveTo(passwordFile, settings.account);
  const run = await runInitdb(staged, passwordFile, settings);
  if (run.succeeded) moveIntoPlace(staged, clusterFolder(home));
  rmSync(staged, { recursive: true, force: true });
  return run.succeeded ? ok(null) : failed({ kind: "initdb_failed", log: run.log });
}

function moveIntoPlace(staged: string, folder: string): void {
  try {
    renameSync(staged, folder);
  } catch (error) {
    // Another process was first.
    if (!existsSync(folder)) throw error;
  }
}

/** Staged folders of starts that were killed; one that is still being made is minutes old at most. */
function removeAbandoned(home: string): void {
  const tenMinutesMs = 10 * 60_000;
  for (const name of readdirSync(home)) {
    if (!name.includes(".new-")) continue;
    const folder = path.join(home, name);
    const ageMs = Date.now() - (statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? 0);
    if (ageMs > tenMinutesMs) rmSync(folder, { recursive: true, force: true });
  }
}

/** initdb writes it; the server refuses data of another major version. */
function clusterVersion(folder: string): number {
  return Number(readFileSync(path.join(folder, "data", "PG_VERSION"), "utf8"));
}

function readPassword(folder: string): string {
  return readFileSync(path.join(folder, "password"), "utf8").trim();
}
