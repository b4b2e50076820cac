import { changeThread } from "./change-thread.ts";
import type { Message } from "./message.ts";
import { messagePayload } from "./payloads.ts";
import type { Server } from "./server.ts";

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

/** Adds a message, which takes its thread out of the archive; the gateway tells the bot of what it may see. */
export function post(server: Server, origin: string, draft: Draft): Message {
  const message: Message = { ...PLAIN, id: server.nextId(), ...draft };
  const place = server.channels.get(message.channel);
  if (place) place.activeAt = server.now();
  if (place?.archived) changeThread(server, place, { archived: false });
  server.messages.set(message);
  tellMessage(server, origin, "MESSAGE_CREATE", message);
  return message;
}

export function tellAgain(server: Server, origin: string, id: string): void {
  const message = server.messages.find(id);
  if (message) tellMessage(server, origin, "MESSAGE_CREATE", message);
}

export function revise(
  server: Server,
  origin: string,
  message: Message,
  change: Partial<Message>,
): Message {
  const revised = { ...message, ...change };
  server.messages.set(revised);
  tellMessage(server, origin, "MESSAGE_UPDATE", revised);
  return revised;
}

export function remove(server: Server, message: Message): void {
  server.messages.remove(message);
  if (message.visibleTo !== null) {
    server.feed.tell({ kind: "noted" });
    return;
  }
  const data = { id: message.id, channel_id: message.channel, ...guildOf(server, message) };
  server.feed.tell({ kind: "dispatch", event: "MESSAGE_DELETE", data });
}

function tellMessage(server: Server, origin: string, event: string, message: Message): void {
  if (message.visibleTo !== null || message.thinking) {
    server.feed.tell({ kind: "noted" });
    return;
  }
  const payload = messagePayload(server, message, origin, true);
  const data = { ...payload, ...guildOf(server, message) };
  server.feed.tell({ kind: "dispatch", event, data });
}

/** A direct message is in no server. */
function guildOf(server: Server, { channel }: Message): { guild_id?: string } {
  const isDirect = (server.channels.get(channel)?.recipient ?? null) !== null;
  return isDirect ? {} : { guild_id: server.guild.id };
}
