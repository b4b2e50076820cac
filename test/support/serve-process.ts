/** `kpi serve` as a process of its own, and everything that it writes. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { inject, vi } from "vitest";

const root = path.resolve(import.meta.dirname, "../..");
const STARTS_WITHIN_MS = 60_000;

export interface ServeProcess {
  /** All of stdout and stderr so far. */
  said(): string;
  /** Where Slack's requests and the health checks go, once it has started; throws when it ends before. */
  started(): Promise<{ slack: string; admin: string }>;
  hasEnded(): boolean;
  /** False when it is gone already. */
  send(signal: NodeJS.Signals): boolean;
  /** The status with which it ends, after a SIGTERM. */
  stop(): Promise<number | null>;
  /** The status with which it ends by itself. */
  end(): Promise<number | null>;
}

export function startServe(env: Readonly<Record<string, string>>, kpiYaml = ""): ServeProcess {
  const folder = mkdtempSync(path.join(tmpdir(), "serve-process-"));
  writeFileSync(path.join(folder, "kpi.yaml"), kpiYaml);
  const child = spawn(process.execPath, [path.join(root, "src/cli/kpi.ts"), "serve"], {
    cwd: folder,
    env: { PORT: "0", ADMIN_PORT: "0", ...env },
  });
  // What a run leaves that is killed is found by that: see reap.ts.
  const mark = path.join(inject("dataDir"), `serve-${child.pid}`);
  writeFileSync(mark, "");
  let text = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (more: string) => {
      text += more;
    });
  const closed = once(child, "close").then(([status]) => {
    for (const left of [folder, mark]) rmSync(left, { recursive: true, force: true });
    return typeof status === "number" ? status : null;
  });
  const hasEnded = (): boolean => child.exitCode !== null || child.signalCode !== null;
  return {
    said: () => text,
    started: async () => {
      const hasStarted = (): boolean => /"msg":"started"/.test(text);
      await vi.waitUntil(() => hasStarted() || hasEnded(), {
        timeout: STARTS_WITHIN_MS,
        interval: 50,
      });
      if (!hasStarted()) throw new Error(`it ended before it had started:\n${text}`);
      const line = text.split("\n").find((each) => each.includes('"msg":"started"')) ?? "{}";
      const { slack, admin } = JSON.parse(line);
      return { slack: String(slack), admin: String(admin) };
    },
    hasEnded,
    send: (signal) => child.kill(signal),
    stop: () => {
      child.kill("SIGTERM");
      return closed;
    },
    end: () => closed,
  };
}
