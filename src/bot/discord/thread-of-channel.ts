import { type Client, Routes } from "discord.js";
import { z } from "zod";
import type { DiscordCall } from "./discord-call.ts";

/** The channel and the thread in it that an id of Discord's names; null when it names no thread. */
export type PlaceOf = (id: string) => Promise<{ channel: string; thread: string } | null>;

/** To Discord a thread is a channel too, so an id does not say which of the two it is. */
export function placeOfChannel(client: Client, call: DiscordCall): PlaceOf {
  const asked = new Map<string, string | null>();
  const parentOf = async (id: string): Promise<string | null> => {
    const cached = client.channels.cache.get(id);
    if (cached !== undefined) return cached.isThread() ? cached.parentId : null;
    const known = asked.get(id);
    if (known !== undefined) return known;
    const read = await call("GET", Routes.channel(id), {}, channelAnswer);
    if (!read.ok) return null;
    const parent = threadTypes.has(read.value.type) ? (read.value.parent_id ?? null) : null;
    asked.set(id, parent);
    return parent;
  };
  return async (id) => {
    const channel = await parentOf(id);
    return channel === null ? null : { channel, thread: id };
  };
}

/** Threads of announcements, public and private ones. */
const threadTypes = new Set([10, 11, 12]);

const channelAnswer = z.object({ type: z.number(), parent_id: z.string().nullish() });
