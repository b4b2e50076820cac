import type { MessageRef, ThreadReply } from "../../message.ts";
import { type DiscordMessageRead, isSpoken } from "./discord-messages.ts";
import { instantOf } from "./snowflake.ts";

/** Null for the bot's own words and for what is no utterance, such as the line that a thread begins with. */
export function threadReplyOf(
  message: DiscordMessageRead,
  head: MessageRef,
  selfId: string,
): ThreadReply | null {
  if (!isSpoken(message) || message.author.id === selfId) return null;
  return {
    id: message.id,
    head: { platform: "discord", channel: head.channel, id: head.id },
    text: message.content,
    author: { platform: "discord", user: message.author.id },
    at: instantOf(message.id),
    fromBot: message.author.bot === true,
  };
}
