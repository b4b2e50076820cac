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
 * up with in one more round, which a thread that cannot be read for days does not hold up; a database
 * that is away is waited for.
 */
export function catchingUp(db: Database, log: Log): CatchingUp {
  const stopping = new AbortController();
  const { signal } = stopping;
  const underWay = new Map<ChatPort, AbortController>();
  const run = async (port: ChatPort): Promise<void> => {
    let again: AbortController;
    do {
      again = new AbortController();
      underWay.set(port, again);
      await untilDone(db, port, log, { stopping: signal, again: again.signal });
    } while (again.signal.aborted && !signal.aborted);
    underWay.delete(port);
  };
  return {
    begin: (port) => {
      const running = underWay.get(port);
      if (running === undefined) void run(port);
      else running.abort();
    },
    stop: () => stopping.abort(),
  };
}

/** Never throws. */
async function untilDone(
  db: Database,
  port: ChatPort,
  log: Log,
  signals: { stopping: AbortSignal; again: AbortSignal },
): Promise<void> {
  const { stopping } = signals;
  for (let failures = 0; !stopping.aborted; failures++) {
    try {
      return await catchUp(db, port, log, signals);
    } catch (error) {
      if (stopping.aborted) return;
      const { platform } = port;
      log.error("catch_up_failed", { platform, failures, ...errorFields(error) });
      if (whyUnavailable(error) === null) return;
    }
    await pause(Math.min(2 ** failures * 1_000, LONGEST_PAUSE_MS), stopping);
  }
}

const LONGEST_PAUSE_MS = 60_000;
