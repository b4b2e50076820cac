import type { Message } from "../workspace/message.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { type Answer, refusal } from "./method.ts";

type Found = { message: Message; refusal: null } | { message: null; refusal: Answer };

/** The bot's own message that it wants to change; `others` is the error for somebody else's. */
export function findOwnMessage(
  workspace: Workspace,
  channel: string,
  ts: string,
  others: string,
): Found {
  const place = workspace.channels.get(channel);
  if (!place || (place.kind === "group" && !place.botIsMember)) return refused("channel_not_found");
  if (place.archived) return refused("is_archived");
  const message = workspace.messages.find(channel, ts);
  // An ephemeral message has no life on the server: only its response address reaches it.
  if (!message || message.visibleTo) return refused("message_not_found");
  if (message.author.kind !== "bot") return refused(others);
  return { message, refusal: null };
}

function refused(error: string): Found {
  return { message: null, refusal: refusal(error) };
}
