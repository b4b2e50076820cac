import type { Message } from "./message.ts";
import { channelPayload, messagePayload } from "./payloads.ts";
import type { Channel, Server } from "./server.ts";

type Draft = Pick<Message, "channel" | "author"> & Partial<Message>;

const PLAIN: Omit<Message, "id" | "channel" | "author"> = {
  type: 0,
  content: "",
  embeds: [],
  components: [],
  attachments: [],
  allowedMentions: null,
  flags: 0,
  nonce: null,
  edited: false,
  visibleTo: null,
  thinking: false,
  askedBy: null,
};

/** Adds a message; the gateway tells the bot of what it may see. */
export function post(server: Server, origin: string, draft: Draft): Message {
  const message: Message = { ...PLAIN, id: server.nextId(), ...draft };
  server.messages.set(message.id, message);
  tellMessage(server, origin, "MESSAGE_CREATE", message);
  return message;
}

export function tellAgain(server: Server, origin: string, id: string): void {
  const message = server.messages.get(id);
  if (message) tellMessage(server, origin, "MESSAGE_CREATE", message);
}

export function revise(
  server: Server,
  origin: string,
  message: Message,
  change: Partial<Message>,
): Message {
  const revised = { ...message, ...change };
  server.messages.set(message.id, revised);
  tellMessage(server, origin, "MESSAGE_UPDATE", revised);
  return revised;
}

export function remove(server: Server, message: Message): void {
  server.messages.delete(message.id);
  if (message.visibleTo !== null) {
    server.feed.tell({ kind: "noted" });
    return;
  }
  const data = { id: message.id, channel_id: message.channel, guild_id: server.guild.id };
  server.feed.tell({ kind: "dispatch", event: "MESSAGE_DELETE", data });
}

/** A thread begins with a message that stands for its head. */
export function startThread(server: Server, origin: string, head: Message, name: string): Channel {
  const thread: Channel = { id: head.id, name, parent: head.channel, archived: false };
  server.channels.set(thread.id, thread);
  const data = { ...channelPayload(server, thread), newly_created: true };
  server.feed.tell({ kind: "dispatch", event: "THREAD_CREATE", data });
  post(server, origin, { channel: thread.id, author: server.bot.id, type: 21 });
  return thread;
}

function tellMessage(server: Server, origin: string, event: string, message: Message): void {
  if (message.visibleTo !== null || message.thinking) {
    server.feed.tell({ kind: "noted" });
    return;
  }
  const payload = messagePayload(server, message, origin, true);
  const data = { ...payload, guild_id: server.guild.id };
  server.feed.tell({ kind: "dispatch", event, data });
}
