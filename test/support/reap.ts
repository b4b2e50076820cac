/** The reaper's own process: started by reaper.ts, cleans up once the run at its input is gone. */
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";

const dataDir = process.argv[2] ?? "";
const patienceMs = 10_000;

// The pipe from the run ends when the run does, however it ends.
for await (const _ of process.stdin);
killBots();
await stopServer();
rmSync(dataDir, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });

/** Each has a file while it runs (serve-process.ts), so that the number is still its own. */
function killBots(): void {
  for (const file of readdirSync(dataDir)) {
    const [, pid] = /^serve-(\d+)$/.exec(file) ?? [];
    if (pid !== undefined) send(Number(pid), "SIGKILL");
  }
}

/** Immediate shutdown: nothing of it is wanted. Removing files under a server that ends fails. */
async function stopServer(): Promise<void> {
  const pidFile = path.join(dataDir, "postgres", "data", "postmaster.pid");
  if (!existsSync(pidFile)) return;
  const pid = Number(readFileSync(pidFile, "utf8").split("\n")[0]);
  const deadline = performance.now() + patienceMs;
  for (let signal: NodeJS.Signals | 0 = "SIGQUIT"; send(pid, signal); signal = 0) {
    if (performance.now() > deadline) return;
    await wait(20);
  }
}

/** False when the process is gone. */
function send(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}
