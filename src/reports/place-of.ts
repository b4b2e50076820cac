import type { ChannelRef, ChatFault, ChatPort } from "../message.ts";
import { ok, type Result } from "../result.ts";
import type { Told } from "./told.ts";

/** Where a run is said: a notice between the bot and its owner alone, all else in the delivery's channel. */
export async function placeOf(
  port: ChatPort,
  told: Told,
  channel: ChannelRef,
): Promise<Result<ChannelRef, ChatFault>> {
  if (told.kind !== "notice") return ok(channel);
  return port.directMessage({ platform: channel.platform, user: channel.channel });
}
