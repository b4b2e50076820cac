/** Reads what was said in tracked threads while the bot was away. */
import type { Database } from "../db/index.ts";
import type { Log } from "../log.ts";
import type { ChatPort } from "../message.ts";
import { keepReply, trackedThreads } from "./discussion.ts";

/** Threads of signals that are open or were closed in the last weeks; one that cannot be read is told and left. */
export async function catchUp(db: Database, port: ChatPort, log: Log): Promise<void> {
  for (const { head, lastReply } of await trackedThreads(db, port.platform)) {
    const replies = await port.repliesAfter(head, lastReply);
    if (!replies.ok)
      log.warn("thread_unreadable", { platform: port.platform, kind: replies.fault.kind });
    else for (const reply of replies.value) await keepReply(db, reply);
  }
}
