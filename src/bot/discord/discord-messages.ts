import { Routes } from "discord.js";
import { z } from "zod";
import type { ChatFault } from "../../message.ts";
import { failed, ok, type Result } from "../../result.ts";
import type { DiscordCall } from "./discord-call.ts";

/** A message as Discord's API and its gateway both show it. */
export const discordMessage = z.object({
  id: z.string(),
  channel_id: z.string(),
  type: z.number().default(0),
  content: z.string().default(""),
  author: z.object({ id: z.string(), bot: z.boolean().optional() }),
  nonce: z.union([z.string(), z.number()]).optional(),
  /** Present on what answers a command or a click. */
  interaction_metadata: z.unknown().optional(),
});

export type DiscordMessageRead = z.infer<typeof discordMessage>;

/** Said by somebody: a plain message or a reply; all other types tell of events. */
export function isSpoken(message: DiscordMessageRead): boolean {
  return message.type === 0 || message.type === 19;
}

/**
 * The messages of a channel or thread after an id, oldest first.
 * Fault `refused`/`too_much_to_read` when there are more than a thousand.
 */
export async function messagesAfter(
  call: DiscordCall,
  channel: string,
  after: string,
): Promise<Result<DiscordMessageRead[], ChatFault>> {
  const messages: DiscordMessageRead[] = [];
  let last = after;
  for (let page = 0; page < pagesRead; page += 1) {
    const query = new URLSearchParams({ after: last, limit: String(pageSize) });
    const read = await call(
      "GET",
      Routes.channelMessages(channel),
      { query },
      z.array(discordMessage),
    );
    if (!read.ok) return read;
    const sorted = read.value.sort((a, b) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1));
    messages.push(...sorted);
    last = sorted.at(-1)?.id ?? last;
    if (sorted.length < pageSize) return ok(messages);
  }
  return failed({ kind: "refused", code: "too_much_to_read" });
}

const pageSize = 100;
const pagesRead = 10;
