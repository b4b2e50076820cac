import { post } from "../server/post.ts";
import type { Server } from "../server/server.ts";

export interface Typed {
  channel: string;
  user: string;
  text: string;
}

/** What a person writes in a channel or a thread; the id of the message. */
export function say(server: Server, origin: string, typed: Typed): string {
  if (!server.channels.has(typed.channel)) throw new Error(`no channel ${typed.channel}`);
  if (!server.users.has(typed.user)) throw new Error(`no person ${typed.user}`);
  return post(server, origin, { channel: typed.channel, author: typed.user, content: typed.text })
    .id;
}
