import type { ChannelRef, ChatFault, ChatPort, Destination } from "../message.ts";
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

/** `thread`: of the message at its head; null: in the channel itself. */
export function inThread(channel: ChannelRef, thread: string | null): Destination {
  return thread === null ? channel : { ...channel, thread };
}
