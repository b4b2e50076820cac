import { type Database, whyUnavailable } from "../db/index.ts";
import { errorFields, type Log } from "../log.ts";
import type { ChatPort } from "../message.ts";
import { pause } from "../pause.ts";
import { catchUp } from "./catch-up.ts";

export interface CatchingUp {
  begin(port: ChatPort): void;
  /** Begins nothing more. What is under way may end or not: the next start does it again. */
  stop(): void;
}

/**
 * A hundred threads take a while, in which Monday must not wait. Gaps that open meanwhile are caught
 * up with in one more round, and a database that is away is waited for.
 */
export function catchingUp(db: Database, log: Log): CatchingUp {
  const stopping = new AbortController();
  const { signal } = stopping;
  const wanted = new Map<ChatPort, "under way" | "again">();
  const run = async (port: ChatPort): Promise<void> => {
    do {
      wanted.set(port, "under way");
      await untilDone(db, port, log, signal);
    } while (wanted.get(port) === "again" && !signal.aborted);
    wanted.delete(port);
  };
  return {
    begin: (port) => {
      if (wanted.has(port)) wanted.set(port, "again");
      else void run(port);
    },
    stop: () => stopping.abort(),
  };
}

/** Never throws. */
async function untilDone(
  db: Database,
  port: ChatPort,
  log: Log,
  signal: AbortSignal,
): Promise<void> {
  for (let failures = 0; !signal.aborted; failures++) {
    try {
      return await catchUp(db, port, log, signal);
    } catch (error) {
      if (signal.aborted) return;
      const { platform } = port;
      log.error("catch_up_failed", { platform, failures, ...errorFields(error) });
      if (whyUnavailable(error) === null) return;
    }
    await pause(Math.min(2 ** failures * 1_000, LONGEST_PAUSE_MS), signal);
  }
}

const LONGEST_PAUSE_MS = 60_000;
