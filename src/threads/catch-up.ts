/** Reads what was said in tracked threads while nobody listened. */
import type { Database } from "../db/index.ts";
import type { Log } from "../log.ts";
import type { ChatPort, MessageRef } from "../message.ts";
import { keepReply, trackedThreads } from "./discussion.ts";

/** The newest threads of a platform, from the last reply that is stored. */
export async function catchUp(db: Database, port: ChatPort, log: Log): Promise<void> {
  for (const { head, lastReply } of await trackedThreads(db, port.platform))
    await readThread(db, port, head, lastReply, log);
}

/** All of one thread. */
export function catchUpThread(
  db: Database,
  port: ChatPort,
  head: MessageRef,
  log: Log,
): Promise<void> {
  return readThread(db, port, head, null, log);
}

/** A thread that cannot be read is told and left: the next start reads it. */
async function readThread(
  db: Database,
  port: ChatPort,
  head: MessageRef,
  after: string | null,
  log: Log,
): Promise<void> {
  const replies = await port.repliesAfter(head, after);
  if (replies.ok) for (const reply of replies.value) await keepReply(db, reply);
  else log.warn("thread_unreadable", { platform: port.platform, kind: replies.fault.kind });
}
