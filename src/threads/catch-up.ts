/** Reads what was said in tracked threads while nobody listened. */
import type { Database } from "../db/index.ts";
import type { Log } from "../log.ts";
import type { ChatPort, MessageRef } from "../message.ts";
import { pause } from "../pause.ts";
import { keepReply, type TrackedThread, trackedThreads } from "./discussion.ts";

/**
 * The newest threads of a platform. One that cannot be read now is tried again with the others of its
 * kind, after a pause that grows; a platform's limit is waited out. Ends with `stopping`, and with
 * `again` when each thread has been tried: who begins anew tries all of them.
 */
export async function catchUp(
  db: Database,
  port: ChatPort,
  log: Log,
  { stopping, again }: { stopping: AbortSignal; again: AbortSignal },
): Promise<void> {
  let unread = await trackedThreads(db, port.platform);
  for (let rounds = 0; unread.length > 0 && !stopping.aborted; rounds++) {
    if (rounds > 0) await pause(Math.min(2 ** rounds * 1_000, LONGEST_PAUSE_MS), stopping, again);
    if (rounds > 0 && again.aborted) return;
    const failed: TrackedThread[] = [];
    for (const thread of unread) {
      if (stopping.aborted) return;
      const waitMs = await readThread(db, port, thread.head, thread.readFrom, log);
      if (waitMs === null) continue;
      failed.push(thread);
      await pause(waitMs, stopping);
    }
    unread = failed;
  }
}

const LONGEST_PAUSE_MS = 60_000;

/** All of one thread. */
export async function catchUpThread(
  db: Database,
  port: ChatPort,
  head: MessageRef,
  log: Log,
): Promise<void> {
  await readThread(db, port, head, null, log);
}

/** How long to wait until it may be tried again; null: it is read, or never will be, which is told. */
async function readThread(
  db: Database,
  port: ChatPort,
  head: MessageRef,
  after: string | null,
  log: Log,
): Promise<number | null> {
  const replies = await port.repliesAfter(head, after);
  if (replies.ok) {
    for (const reply of replies.value) await keepReply(db, reply);
    return null;
  }
  const { fault } = replies;
  log.warn("thread_unreadable", { platform: port.platform, kind: fault.kind });
  if (fault.kind === "refused") return null;
  return fault.kind === "limited" ? fault.retryAfterMs : 0;
}
