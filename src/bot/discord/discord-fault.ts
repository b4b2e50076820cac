import { DiscordAPIError, HTTPError, RateLimitError } from "discord.js";
import type { ChatFault } from "../../message.ts";
import { networkFault } from "../network-fault.ts";

/** What a failed call of Discord's API means for whoever asked for it. */
export function discordFault(error: unknown): ChatFault {
  if (error instanceof RateLimitError) {
    return { kind: "limited", retryAfterMs: Math.max(error.retryAfter, error.timeToReset) };
  }
  // Code 0 is Discord's "general error": then the status says more.
  if (error instanceof DiscordAPIError) {
    const code = error.code === 0 ? `http_${error.status}` : String(error.code);
    return { kind: "refused", code };
  }
  if (error instanceof HTTPError) return { kind: "ambiguous", code: `http_${error.status}` };
  return networkFault(error);
}

/** Discord's error codes that the bot acts upon. */
export const discordCodes = {
  unknownChannel: "10003",
  unknownMember: "10007",
  unknownMessage: "10008",
  unknownWebhook: "10015",
  invalidWebhookToken: "50027",
  threadExists: "160004",
} as const;
