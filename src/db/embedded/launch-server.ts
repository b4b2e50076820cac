import { spawn } from "node:child_process";
import { Socket } from "node:net";
import path from "node:path";
import type { Readable } from "node:stream";
import type { Account } from "./choose-account.ts";
import { loopback } from "./choose-port.ts";
import { LogRing } from "./log-ring.ts";
import { serverEnvironment } from "./server-environment.ts";

interface LaunchSettings {
  postgres: string;
  data: string;
  port: number;
  account: Account | null;
  serverSettings: Readonly<Record<string, string>>;
  /** The pid in a stale lock file that another program now has; null where there is none. */
  stalePid: number | null;
}

export interface Launched {
  pid: number | null;
  /** Resolves, once, when the process is gone or never came to be. */
  exited: Promise<void>;
  hasExited(): boolean;
  logTail(): string;
  /** Stops reading its log; the server runs on. */
  letGo(): void;
}

const ownSettings = {
  listen_addresses: loopback,
  // No Unix socket: its path has a limit of about 100 characters that data folders exceed, and its
  // folder would need an owner of its own. scram on loopback needs neither.
  unix_socket_directories: "",
  timezone: "UTC",
  log_timezone: "UTC",
  // Statements hold a company's values; the log is shown when a start fails.
  log_min_error_statement: "panic",
};

/** Starts `postgres` and returns at once; it is ready when it answers (probe-server.ts). */
export function launchServer(settings: LaunchSettings): Launched {
  const ring = new LogRing(65_536);
  const child = spawn(settings.postgres, serverArguments(settings), {
    ...settings.account,
    cwd: path.dirname(settings.data),
    env: serverEnvironment(grandparent(settings.stalePid)),
    // A session of its own: Ctrl-C in the terminal must reach the program alone, which still needs
    // its database to finish what it is doing.
    detached: true,
    stdio: ["ignore", "ignore", "pipe"],
    windowsHide: true,
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => ring.add(text));
  // A server that nobody stopped must not keep node from ending; the next start adopts it.
  child.unref();
  unrefStream(child.stderr);
  let gone = false;
  const exited = new Promise<void>((resolve) => {
    const end = () => {
      gone = true;
      resolve();
    };
    // Without this listener a binary that cannot be run would end node.
    child.once("error", (error) => {
      ring.add(error.message);
      end();
    });
    child.once("exit", end);
  });
  return {
    pid: child.pid ?? null,
    exited,
    hasExited: () => gone,
    logTail: () => ring.tail(),
    letGo: () => void child.stderr.destroy(),
  };
}

function unrefStream(stream: Readable): void {
  // A child's pipe is a socket, though its type does not say so.
  if (stream instanceof Socket) stream.unref();
}

function serverArguments({ data, port, serverSettings }: LaunchSettings): string[] {
  const all = { ...ownSettings, port: String(port), ...serverSettings };
  return [
    "-D",
    data,
    ...Object.entries(all).flatMap(([name, value]) => ["-c", `${name}=${value}`]),
  ];
}

/** postgres disregards a lock file that names its grandparent; pg_ctl tells it so in this variable. */
function grandparent(stalePid: number | null): Record<string, string> {
  return stalePid === null ? {} : { PG_GRANDPARENT_PID: String(stalePid) };
}
