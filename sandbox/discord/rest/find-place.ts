import type { Message } from "../server/message.ts";
import { botMay } from "../server/permissions.ts";
import type { Channel, Server } from "../server/server.ts";
import { type Answer, refusals } from "./exchange.ts";

/** The channel or thread of a path that begins with its id, if the bot may see it. */
export function channelAt(
  server: Server,
  [id = ""]: readonly string[],
): { channel: Channel } | { refused: Answer } {
  const channel = server.channels.get(id);
  if (!channel) return { refused: refusals.unknownChannel };
  return botMay(server, id, "ViewChannel") ? { channel } : { refused: refusals.missingAccess };
}

/** The message of a path: its channel's id, then its own. */
export function messageAt(
  server: Server,
  parts: readonly string[],
): { message: Message } | { refused: Answer } {
  const place = channelAt(server, parts);
  if ("refused" in place) return place;
  if (!botMay(server, place.channel.id, "ReadMessageHistory"))
    return { refused: refusals.missingPermissions };
  const message = server.messages.find(parts[1] ?? "");
  const isThere = message?.channel === place.channel.id && message.visibleTo === null;
  return isThere ? { message } : { refused: refusals.unknownMessage };
}
