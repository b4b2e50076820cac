/**
 * Cleans up after a run, even one that was killed: a small process of its own waits until its input
 * ends, then ends the bots and the server of the run by their files, and removes its folder.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { Socket } from "node:net";
import { fileURLToPath } from "node:url";

export interface Reaper {
  /** Cleans up now. */
  reap(): Promise<void>;
}

export function startReaper(dataDir: string): Reaper {
  const child = spawn(
    process.execPath,
    [fileURLToPath(new URL("./reap.ts", import.meta.url)), dataDir],
    {
      // Not in our group, so that what kills the run does not kill it too.
      detached: true,
      stdio: ["pipe", "ignore", "ignore"],
    },
  );
  child.unref();
  if (child.stdin instanceof Socket) child.stdin.unref();
  return {
    reap: async () => {
      child.ref();
      child.stdin.end();
      if (child.exitCode === null) await once(child, "exit");
    },
  };
}
