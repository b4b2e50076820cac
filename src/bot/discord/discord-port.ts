import { Routes } from "discord.js";
import { z } from "zod";
import type { Log } from "../../log.ts";
import type {
  ChannelRef,
  ChatFault,
  ChatPort,
  Destination,
  Message,
  MessageRef,
  ThreadReply,
} from "../../message.ts";
import { failed, ok, type Result } from "../../result.ts";
import type { DiscordCall } from "./discord-call.ts";
import { discordChannelFacts, discordPersonFacts } from "./discord-facts.ts";
import { discordCodes } from "./discord-fault.ts";
import { findInDiscord } from "./discord-find.ts";
import { messagesAfter } from "./discord-messages.ts";
import { threadReplyOf } from "./discord-reply-in-thread.ts";
import { replacing, type Said, sayThenPicture } from "./discord-send.ts";
import type { OpenThread } from "./discord-threads.ts";
import type { Echoes } from "./echoes.ts";
import { discordLimits } from "./limits.ts";
import type { DiscordMessage } from "./to-discord-message.ts";

export interface DiscordMeans {
  call: DiscordCall;
  log: Log;
  selfId: string;
  seen: Echoes;
  openThread: OpenThread;
  /** The servers whose members count as our own people. */
  guilds: () => readonly string[];
}

/** Discord as a place to post. Our own id is the nonce, under which Discord posts once in a few minutes. */
export function discordPort(means: DiscordMeans): ChatPort {
  const { call } = means;
  return {
    platform: "discord",
    post: (to, message, ourId) => post(means, to, message, ourId),
    edit: (ref, message) =>
      sayThenPicture(means, message, (content) => replace(call, ref, content)),
    delete: async (ref) => {
      const done = await call("DELETE", routeOf(ref), {}, z.unknown());
      return done.ok ? ok(null) : done;
    },
    find: (to, ourId, since) => findInDiscord(means, to, ourId, since),
    permalink: (ref) => permalink(call, ref),
    channelFacts: ({ channel }) => discordChannelFacts(call, channel),
    personFacts: ({ user }) => discordPersonFacts(call, means.guilds(), user),
    directMessage: ({ user }) => directMessage(call, user),
    repliesAfter: (head, afterId) => repliesAfter(means, head, afterId),
  };
}

async function post(means: DiscordMeans, to: Destination, message: Message, ourId: string) {
  if (ourId.length > discordLimits.nonce) throw new Error("ourId is longer than 25 characters");
  if (to.thread !== undefined) {
    const opened = await means.openThread(to.channel, to.thread);
    if (!opened.ok) return opened;
  }
  return sayThenPicture(means, message, async (content) => {
    const said = await createMessage(means.call, to, content, {
      nonce: ourId,
      enforce_nonce: true,
    });
    if (said.ok) means.seen.note(ourId, said.value.ref);
    return said;
  });
}

/** Posts once into a channel or a thread that exists. */
export async function createMessage(
  call: DiscordCall,
  to: Destination,
  content: DiscordMessage,
  more: { nonce?: string; enforce_nonce?: boolean },
): Promise<Result<Said, ChatFault>> {
  const body = { ...content, ...more };
  const route = Routes.channelMessages(to.thread ?? to.channel);
  const posted = await call("POST", route, { body }, z.object({ id: z.string() }));
  if (!posted.ok) return posted;
  const place = { platform: to.platform, channel: to.channel, id: posted.value.id };
  const ref = to.thread === undefined ? place : { ...place, thread: to.thread };
  return ok({ ref, route: routeOf(ref), auth: true });
}

async function replace(call: DiscordCall, ref: MessageRef, content: DiscordMessage) {
  const route = routeOf(ref);
  const edited = await call("PATCH", route, replacing(content), z.unknown());
  return edited.ok ? ok({ ref, route, auth: true }) : edited;
}

function routeOf(ref: MessageRef) {
  return Routes.channelMessage(ref.thread ?? ref.channel, ref.id);
}

async function permalink(call: DiscordCall, ref: MessageRef): Promise<Result<string, ChatFault>> {
  const shape = z.object({ guild_id: z.string().optional() });
  const channel = await call("GET", Routes.channel(ref.channel), {}, shape);
  if (!channel.ok) return channel;
  const guild = channel.value.guild_id ?? "@me";
  return ok(`https://discord.com/channels/${guild}/${ref.thread ?? ref.channel}/${ref.id}`);
}

async function repliesAfter(
  { call, selfId }: DiscordMeans,
  head: MessageRef,
  afterId: string | null,
): Promise<Result<ThreadReply[], ChatFault>> {
  const read = await messagesAfter(call, head.id, afterId ?? head.id);
  if (read.ok)
    return ok(read.value.flatMap((message) => threadReplyOf(message, head, selfId) ?? []));
  const { fault } = read;
  // Nobody has answered yet, so there is no thread.
  const none = fault.kind === "refused" && fault.code === discordCodes.unknownChannel;
  return none ? ok([]) : failed(fault);
}

/** Discord opens one with anybody; whether the person takes what is said there, only a post shows (50007). */
async function directMessage(
  call: DiscordCall,
  user: string,
): Promise<Result<ChannelRef, ChatFault>> {
  const body = { recipient_id: user };
  const opened = await call("POST", Routes.userChannels(), { body }, z.object({ id: z.string() }));
  return opened.ok ? ok({ platform: "discord", channel: opened.value.id }) : opened;
}
