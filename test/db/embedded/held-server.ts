import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import { z } from "zod";

export interface HeldServer {
  process: ChildProcess;
  url: string;
  adopted: boolean;
  /** Asks the process to stop its server, and waits for its answer and its end. */
  stop(): Promise<string>;
}

const Up = z.object({ url: z.string(), adopted: z.boolean() });
const Down = z.object({ stop: z.string() });
const script = fileURLToPath(new URL("./holder.ts", import.meta.url));

/** Starts the embedded server from another process. */
export async function holdServer(
  dataDir: string,
  env: Record<string, string> = {},
): Promise<HeldServer> {
  const child = spawnHolder(dataDir, env);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => JSON.parse((await lines.next()).value ?? "null");
  const up = Up.parse(await next());
  return {
    process: child,
    ...up,
    stop: async () => {
      child.stdin.end();
      const { stop } = Down.parse(await next());
      if (child.exitCode === null) await once(child, "exit");
      return stop;
    },
  };
}

export function spawnHolder(dataDir: string, env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [script, dataDir], {
    env,
    stdio: ["pipe", "pipe", "inherit"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  return child;
}

export async function killNow(child: ChildProcess): Promise<void> {
  child.kill("SIGKILL");
  await once(child, "exit");
}
