import { type Client, Routes } from "discord.js";
import { z } from "zod";
import type { ChatFault } from "../../message.ts";
import { ok, type Result } from "../../result.ts";
import type { DiscordCall } from "./discord-call.ts";

/** A channel, and the thread in it. */
export interface ThreadPlace {
  channel: string;
  thread: string;
}

/** What an id of Discord's names; null: no thread. A fault: it could not be asked, so nobody knows. */
export type PlaceOf = (id: string) => Promise<Result<ThreadPlace | null, ChatFault>>;

/** To Discord a thread is a channel too, so an id does not say which of the two it is. */
export function placeOfChannel(client: Client, call: DiscordCall): PlaceOf {
  const asked = new Map<string, string | null>();
  const parentOf = async (id: string): Promise<Result<string | null, ChatFault>> => {
    const cached = client.channels.cache.get(id);
    if (cached !== undefined) return ok(cached.isThread() ? cached.parentId : null);
    const known = asked.get(id);
    if (known !== undefined) return ok(known);
    const read = await call("GET", Routes.channel(id), {}, channelAnswer);
    if (!read.ok) return read;
    const parent = threadTypes.has(read.value.type) ? (read.value.parent_id ?? null) : null;
    if (asked.size >= mostRemembered) asked.clear();
    asked.set(id, parent);
    return ok(parent);
  };
  return async (id) => {
    const channel = await parentOf(id);
    if (!channel.ok) return channel;
    return ok(channel.value === null ? null : { channel: channel.value, thread: id });
  };
}

const mostRemembered = 10_000;

/** Threads of announcements, public and private ones. */
const threadTypes = new Set([10, 11, 12]);

const channelAnswer = z.object({ type: z.number(), parent_id: z.string().nullish() });
