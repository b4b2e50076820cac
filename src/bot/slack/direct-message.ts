import { z } from "zod";
import type { ChannelRef, ChatFault } from "../../message.ts";
import { ok, type Result } from "../../result.ts";
import type { SlackCall } from "./slack-call.ts";

/** Refused for who has left (`user_disabled`) and for whom Slack does not know (`user_not_found`). */
export async function directMessage(
  call: SlackCall,
  user: string,
): Promise<Result<ChannelRef, ChatFault>> {
  const shape = z.object({ channel: z.object({ id: z.string() }) });
  const opened = await call("conversations.open", { users: user }, shape);
  return opened.ok ? ok({ platform: "slack", channel: opened.value.channel.id }) : opened;
}
