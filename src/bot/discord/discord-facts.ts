import { ChannelType, Routes } from "discord.js";
import { z } from "zod";
import type { ChannelFacts, ChatFault, PersonFacts } from "../../message.ts";
import { ok, type Result } from "../../result.ts";
import type { DiscordCall } from "./discord-call.ts";
import { discordCodes } from "./discord-fault.ts";

/** Discord shares no channel between servers and knows no guests of limited access. */
export async function discordChannelFacts(
  call: DiscordCall,
  channel: string,
): Promise<Result<ChannelFacts, ChatFault>> {
  const read = await call("GET", Routes.channel(channel), {}, channelAnswer);
  if (!read.ok) return read;
  const { name, type, thread_metadata } = read.value;
  return ok({
    name: name ?? channel,
    external: false,
    archived: thread_metadata?.archived === true,
    guests: null,
    direct: type === ChannelType.DM || type === ChannelType.GroupDM,
  });
}

/** Whoever is a member of none of `guilds` is a stranger, or has left. */
export async function discordPersonFacts(
  call: DiscordCall,
  guilds: readonly string[],
  user: string,
): Promise<Result<PersonFacts, ChatFault>> {
  const read = await call("GET", Routes.user(user), {}, userAnswer);
  if (!read.ok) return read;
  const member = await memberOfAny(call, guilds, user);
  if (!member.ok) return member;
  const { global_name, username, bot } = read.value;
  return ok({
    name: global_name ?? username,
    guest: false,
    stranger: !member.value,
    bot: bot === true,
    active: member.value,
  });
}

async function memberOfAny(call: DiscordCall, guilds: readonly string[], user: string) {
  for (const guild of guilds) {
    const read = await call("GET", Routes.guildMember(guild, user), {}, z.unknown());
    if (read.ok) return ok(true);
    const notHere = read.fault.kind === "refused" && read.fault.code === discordCodes.unknownMember;
    if (!notHere) return read;
  }
  return ok(false);
}

const channelAnswer = z.object({
  type: z.number(),
  name: z.string().nullish(),
  thread_metadata: z.object({ archived: z.boolean() }).optional(),
});

const userAnswer = z.object({
  username: z.string(),
  global_name: z.string().nullish(),
  bot: z.boolean().optional(),
});
