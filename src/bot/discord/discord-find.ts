import { Routes } from "discord.js";
import type { Destination, LookUp } from "../../message.ts";
import type { DiscordCall } from "./discord-call.ts";
import { discordCodes } from "./discord-fault.ts";
import { discordMessage, isSpoken, messagesAfter } from "./discord-messages.ts";
import type { Echoes } from "./echoes.ts";
import { snowflakeAt } from "./snowflake.ts";

/**
 * Looks for a post of ours. Discord keeps no id of ours with a message: the nonce comes back with
 * the answer and over the gateway, and is gone when the message is read later. So:
 * - `found` when this process has seen the nonce, and the message still stands;
 * - `absent` when since then the bot has posted nothing there but what is known to be something else;
 * - else `unreadable`, code `nonce_not_kept`: one of those posts may be it. Posting again under the
 *   same id within a few minutes is safe all the same, for Discord then answers with the first.
 */
export async function findInDiscord(
  { call, seen, selfId }: { call: DiscordCall; seen: Echoes; selfId: string },
  to: Destination,
  ourId: string,
  since: Temporal.Instant,
): Promise<LookUp> {
  const channel = to.thread ?? to.channel;
  const known = seen.find(ourId);
  if (known !== null) {
    const read = await call("GET", Routes.channelMessage(channel, known.id), {}, discordMessage);
    if (read.ok) return { kind: "found", ref: known };
    return absentOrUnreadable(read.fault);
  }
  const from = snowflakeAt(since.subtract({ minutes: clockToleranceMinutes }));
  const read = await messagesAfter(call, channel, from);
  if (!read.ok) return absentOrUnreadable(read.fault);
  const candidates = read.value.filter(
    (message) =>
      message.author.id === selfId &&
      isSpoken(message) &&
      message.interaction_metadata === undefined &&
      !seen.knows(message.id),
  );
  return candidates.length === 0
    ? { kind: "absent" }
    : { kind: "unreadable", code: "nonce_not_kept" };
}

/** Our clock and Discord's may differ by this. */
const clockToleranceMinutes = 5;

function absentOrUnreadable(fault: { kind: string; code?: string }): LookUp {
  // A thread that has not been begun holds nothing, and a message that is gone is not there.
  const gone: string[] = [discordCodes.unknownChannel, discordCodes.unknownMessage];
  if (fault.kind === "refused" && gone.includes(fault.code ?? "")) return { kind: "absent" };
  return { kind: "unreadable", code: fault.code ?? fault.kind };
}
