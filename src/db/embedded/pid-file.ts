import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { errorCode } from "../connection-loss.ts";

/** What a running server writes into `postmaster.pid`; the port is null until it has bound it. */
interface PidFile {
  pid: number;
  dataDirectory: string;
  port: number | null;
}

/** Lines 1, 2 and 4 of the file: PostgreSQL's miscadmin.h, LOCK_FILE_LINE_*. */
export function readPidFile(data: string): PidFile | null {
  try {
    const lines = readFileSync(path.join(data, "postmaster.pid"), "utf8").split("\n");
    const pid = Number(lines[0]);
    if (!Number.isInteger(pid) || pid <= 0) return null;
    return { pid, dataDirectory: lines[1] ?? "", port: Number(lines[3]) || null };
  } catch (error) {
    if (errorCode(error) === "ENOENT") return null;
    throw error;
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives, under another account.
    return errorCode(error) === "EPERM";
  }
}

/**
 * A pid is used again by another program after a reboot, and within minutes in a container. Then
 * the file is stale although its pid lives. In doubt the holder is taken for a server.
 */
export function isHeldByServer(file: PidFile, data: string): boolean {
  if (!isAlive(file.pid)) return false;
  if (path.resolve(file.dataDirectory) !== path.resolve(data)) return false;
  const program = programOf(file.pid);
  return program === null || program.startsWith("postgres");
}

function programOf(pid: number): string | null {
  if (process.platform === "linux") {
    try {
      return readFileSync(`/proc/${pid}/comm`, "utf8").trim();
    } catch {
      return null;
    }
  }
  if (process.platform === "win32") return null;
  const ps = spawnSync("ps", ["-p", String(pid), "-o", "comm="], { encoding: "utf8" });
  return ps.status === 0 ? path.basename(ps.stdout.trim()) : null;
}
