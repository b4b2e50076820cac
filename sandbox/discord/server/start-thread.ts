import type { Message } from "./message.ts";
import { channelPayload } from "./payloads.ts";
import { post } from "./post.ts";
import type { Channel, Server } from "./server.ts";

/** A thread begins with a message that stands for its head. */
export function startThread(
  server: Server,
  origin: string,
  head: Message,
  named: { name: string; archiveAfterMinutes: number },
): Channel {
  const thread: Channel = {
    ...named,
    id: head.id,
    parent: head.channel,
    recipient: null,
    topic: "",
    archived: false,
    locked: false,
    activeAt: server.now(),
    denied: [],
  };
  server.channels.set(thread.id, thread);
  const data = { ...channelPayload(server, thread), newly_created: true };
  server.feed.tell({ kind: "dispatch", event: "THREAD_CREATE", data });
  post(server, origin, { channel: thread.id, author: server.bot.id, type: 21 });
  return thread;
}
