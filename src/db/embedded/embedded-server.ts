import type { Log } from "../../log.ts";

/** A PostgreSQL of our own, on 127.0.0.1 only. */
export interface EmbeddedServer {
  /** With the password in it: never log it. The port stays the same over restarts where it can. */
  url: string;
  /** Found running, left by a process that was killed or owned by one that still runs. */
  adopted: boolean;
  /**
   * The URL of a login of this name in the same database, created the first time, with no rights
   * but PUBLIC's: grants and limits are the caller's. Throws when the server is lost meanwhile.
   */
  loginUrl(role: string): Promise<string>;
  /**
   * Stops the server if this process started it and nobody else is connected; close your own
   * pools first. Never throws and never hangs.
   */
  stop(): Promise<"stopped" | "left_running">;
  /** The last lines of the server's log; empty for an adopted server, whose log is not ours. */
  logTail(): string;
}

export interface EmbeddedOptions {
  /** The program's data folder; the cluster lives in `postgres/` below it. */
  dataDir: string;
  /** A folder with `initdb` and `postgres` to use in place of the platform package's. */
  binFolder?: string | undefined;
  log: Log;
  /** Server settings (`-c name=value`) over ours, such as `fsync=off` for tests. */
  serverSettings?: Readonly<Record<string, string>>;
  /** How long a start may take, crash recovery included; 60 seconds unless said. */
  startTimeoutMs?: number;
  /** Once aborted, the start ends as fault `interrupted`; nothing of it runs on or is left half made. */
  signal?: AbortSignal | undefined;
}

export type EmbeddedFault =
  | { kind: "no_binaries"; platform: string; looked: string }
  /** The operator's own folder (`binFolder`) cannot serve. */
  | { kind: "bin_folder"; problem: BinFolderProblem }
  /** The data was made by another major version, which alone can read it. */
  | { kind: "other_version"; folder: string; data: number; binaries: number }
  /** We are root, PostgreSQL refuses root, and no account of this machine may take its place. */
  | { kind: "no_account" }
  /** A folder that cannot be created, written or entered by the server's account. */
  | { kind: "folder_unusable"; path: string; code: string }
  | { kind: "initdb_failed"; log: string }
  | { kind: "server_exited"; log: string }
  | { kind: "not_answering"; pid: number; port: number }
  | { kind: "interrupted" };

export type BinFolderProblem =
  | { kind: "missing"; program: "initdb" | "postgres" }
  /** `words`: what the system or the program said. */
  | { kind: "cannot_run"; words: string }
  | { kind: "too_old"; version: number; oldest: number };
