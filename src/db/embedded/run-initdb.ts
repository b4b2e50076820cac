import { spawn } from "node:child_process";
import path from "node:path";
import type { Account } from "./choose-account.ts";
import { LogRing } from "./log-ring.ts";
import { serverEnvironment } from "./server-environment.ts";

/** The cluster's owner and superuser. */
export const ownerRole = "throughline";

export interface InitSettings {
  initdb: string;
  account: Account | null;
  /** The major version of the binaries. */
  version: number;
  /** False for a cluster whose loss does not matter. */
  durable: boolean;
  /** Once aborted, initdb is ended and waited for. */
  signal?: AbortSignal | undefined;
}

/**
 * Text in the order of its code points, whatever the machine. The builtin provider, which also
 * knows the case of letters beyond ASCII, came with 17.
 */
function localeOf(version: number): string[] {
  if (version >= 17) return ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"];
  return ["--locale-provider=libc", "--locale=C"];
}

/** Never rejects: a binary that cannot be run is a failure with its reason as the log. */
export function runInitdb(
  staged: string,
  passwordFile: string,
  { initdb, account, version, durable, signal }: InitSettings,
): Promise<{ succeeded: boolean; log: string }> {
  const args = [
    `--pgdata=${path.join(staged, "data")}`,
    `--username=${ownerRole}`,
    `--pwfile=${passwordFile}`,
    "--encoding=UTF8",
    ...localeOf(version),
    "--auth=scram-sha-256",
    "--no-instructions",
    ...(durable ? [] : ["--no-sync"]),
  ];
  const ring = new LogRing(16_384);
  return new Promise((resolve) => {
    const child = spawn(initdb, args, {
      ...account,
      cwd: staged,
      env: serverEnvironment(),
      stdio: ["ignore", "pipe", "pipe"],
      windowsHide: true,
    });
    const end = (): void => void child.kill("SIGTERM");
    if (signal?.aborted) end();
    signal?.addEventListener("abort", end, { once: true });
    child.stdout.setEncoding("utf8").on("data", (text: string) => ring.add(text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => ring.add(text));
    child.on("error", (error) => resolve({ succeeded: false, log: error.message }));
    child.on("close", (code) => {
      signal?.removeEventListener("abort", end);
      resolve({ succeeded: code === 0, log: ring.tail() });
    });
  });
}
