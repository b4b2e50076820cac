import { channelPayload } from "./payloads.ts";
import type { Channel, Server } from "./server.ts";

export type ThreadChange = Partial<
  Pick<Channel, "name" | "archived" | "locked" | "archiveAfterMinutes">
>;

/** Changes a thread's settings; the gateway tells the bot. */
export function changeThread(server: Server, thread: Channel, change: ThreadChange): void {
  Object.assign(thread, change);
  if (change.archived === false) thread.activeAt = server.now();
  const data = channelPayload(server, thread);
  server.feed.tell({ kind: "dispatch", event: "THREAD_UPDATE", data });
}

/** Archives the threads in which nothing has happened for as long as each of them allows. */
export function archiveIdle(server: Server): void {
  for (const thread of server.channels.values()) {
    if (thread.parent === null || thread.archived) continue;
    const idleMs = server.now().getTime() - thread.activeAt.getTime();
    if (idleMs > thread.archiveAfterMinutes * 60_000)
      changeThread(server, thread, { archived: true });
  }
}
