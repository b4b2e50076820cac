/**
 * Keeps every thread of libuv's pool busy, on which pictures are rasterised: opening a pipe for
 * reading blocks its thread until somebody writes.
 */
import { execFileSync } from "node:child_process";
import { closeSync, constants, mkdtempSync, open, openSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** libuv's own number, unless UV_THREADPOOL_SIZE says otherwise. */
const THREADS = 4;

export function noPipesReason(): string | null {
  return process.platform === "win32" ? "Windows has no named pipes in folders" : null;
}

/** Until the function that it gives back is called. */
export function starveThreads(): () => Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), "pipes-"));
  const pipes = Array.from({ length: THREADS }, (_, i) => path.join(folder, String(i)));
  execFileSync("mkfifo", pipes);
  const opened = pipes.map(
    (pipe) =>
      new Promise<void>((done) =>
        open(pipe, "r", (_, descriptor) => {
          if (descriptor !== undefined) closeSync(descriptor);
          done();
        }),
      ),
  );
  return async () => {
    // Opening both ways never blocks, and is what the readers wait for.
    const writers = pipes.map((pipe) => openSync(pipe, constants.O_RDWR | constants.O_NONBLOCK));
    await Promise.all(opened);
    for (const writer of writers) closeSync(writer);
    rmSync(folder, { recursive: true, force: true });
  };
}
