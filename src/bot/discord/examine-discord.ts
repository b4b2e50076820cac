/** What `kpi doctor` asks of Discord: whether it knows the token, and which channels the bot sees. */
import { REST, Routes } from "discord.js";
import { z } from "zod";
import type { ChannelFacts, ChatFault } from "../../message.ts";
import { failed, ok, type Result } from "../../result.ts";
import { discordCaller, requestTimeoutMs } from "./discord-call.ts";
import { discordChannelFacts } from "./discord-facts.ts";

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
  // A header cannot hold other characters, and the error that says so would quote the token.
  if (!/^[\x21-\x7e]+$/.test(token))
    return { bot: failed({ kind: "refused", code: "malformed_token" }), channels: null };
  const rest = new REST({
    ...(apiUrl === undefined ? {} : { api: apiUrl }),
    retries: 0,
    timeout: requestTimeoutMs,
  }).setToken(token);
  const call = discordCaller(rest, requestTimeoutMs);
  const known = await call("GET", Routes.gatewayBot(), {}, gatewayAnswer);
  if (!known.ok) return { bot: known, channels: null };
  const seen = new Map<string, Result<ChannelFacts, ChatFault>>();
  for (const id of channels) seen.set(id, await discordChannelFacts(call, id));
  return { bot: ok({ connectsLeft: known.value.session_start_limit.remaining }), channels: seen };
}

const gatewayAnswer = z.object({ session_start_limit: z.object({ remaining: z.number() }) });
