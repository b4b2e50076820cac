import { ChannelType, GuildMemberFlags, Routes } from "discord.js";
import { z } from "zod";
import type { ChannelFacts, ChatFault, PersonFacts } from "../../message.ts";
import { ok, type Result } from "../../result.ts";
import type { DiscordCall } from "./discord-call.ts";
import { discordCodes } from "./discord-fault.ts";

/**
 * Discord shares no channel between servers. A guest of its kind can enter one voice channel and read
 * what is written there, and whether one is in it Discord does not say; no other channel is open to them.
 */
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
    guests: isVoice(type) ? null : false,
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
    guest: member.value?.guest === true,
    stranger: member.value === null,
    bot: bot === true,
    active: member.value !== null,
  });
}

/** Null: a member of none. */
async function memberOfAny(call: DiscordCall, guilds: readonly string[], user: string) {
  for (const guild of guilds) {
    const read = await call("GET", Routes.guildMember(guild, user), {}, memberAnswer);
    if (read.ok) return ok({ guest: ((read.value.flags ?? 0) & GuildMemberFlags.IsGuest) !== 0 });
    const notHere = read.fault.kind === "refused" && read.fault.code === discordCodes.unknownMember;
    if (!notHere) return read;
  }
  return ok(null);
}

function isVoice(type: number): boolean {
  return type === ChannelType.GuildVoice || type === ChannelType.GuildStageVoice;
}

const channelAnswer = z.object({
  type: z.number(),
  name: z.string().nullish(),
  thread_metadata: z.object({ archived: z.boolean() }).optional(),
});

const memberAnswer = z.object({ flags: z.number().optional() });

const userAnswer = z.object({
  username: z.string(),
  global_name: z.string().nullish(),
  bot: z.boolean().optional(),
});
