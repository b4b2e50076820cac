/** What `kpi doctor` asks of Discord: whether it knows the token, and which channels the bot sees. */
import { Routes } from "discord.js";
import { z } from "zod";
import type { ChannelFacts, ChatFault } from "../../message.ts";
import { failed, ok, type Result } from "../../result.ts";
import { isToken } from "../is-token.ts";
import { discordCaller, requestTimeoutMs } from "./discord-call.ts";
import { discordChannelFacts } from "./discord-facts.ts";
import { discordRest } from "./discord-rest.ts";

export interface DiscordExamination {
  /** How often the bot may still connect today: when that is used up, Discord resets the token. */
  bot: Result<{ connectsLeft: number }, ChatFault>;
  /** By Discord's id; null where the token does not work. */
  channels: ReadonlyMap<string, Result<ChannelFacts, ChatFault>> | null;
}

export async function examineDiscord(
  token: string,
  apiUrl: string | undefined,
  channels: readonly string[],
): Promise<DiscordExamination> {
  if (!isToken(token))
    return { bot: failed({ kind: "refused", code: "malformed_token" }), channels: null };
  const call = discordCaller(discordRest(token, apiUrl), requestTimeoutMs);
  const known = await call("GET", Routes.gatewayBot(), {}, gatewayAnswer);
  if (!known.ok) return { bot: known, channels: null };
  const seen = new Map<string, Result<ChannelFacts, ChatFault>>();
  for (const id of channels) seen.set(id, await discordChannelFacts(call, id));
  return { bot: ok({ connectsLeft: known.value.session_start_limit.remaining }), channels: seen };
}

const gatewayAnswer = z.object({ session_start_limit: z.object({ remaining: z.number() }) });
