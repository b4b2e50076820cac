import { openDirectMessage } from "../workspace/direct-message.ts";
import type { Channel, Workspace } from "../workspace/workspace.ts";
import { type Answer, refusal } from "./method.ts";
import { conversationScope, scopeRefusal } from "./scope.ts";

type Found = { channel: Channel; refusal: null } | { channel: null; refusal: Answer };

/** The channel a message may be posted to; a user id stands for the direct message with them. */
export function channelToPostIn(workspace: Workspace, id: string): Found {
  const isPerson = workspace.users.has(id) && !workspace.users.get(id)?.deleted;
  const channel = isPerson ? openDirectMessage(workspace, id) : workspace.channels.get(id);
  if (!channel) return refused("channel_not_found");
  // To an app that is not in it, a private channel does not exist.
  if (channel.kind === "group" && !channel.botIsMember) return refused("channel_not_found");
  if (channel.archived) return refused("is_archived");
  if (!channel.botIsMember) return refused("not_in_channel");
  return { channel, refusal: null };
}

/** The channel whose facts or messages the bot wants to read, its scope checked. */
export function channelToRead(workspace: Workspace, id: string, verb: "read" | "history"): Found {
  const channel = workspace.channels.get(id);
  if (!channel) return refused("channel_not_found");
  const scope = scopeRefusal(workspace, [conversationScope(channel, verb)]);
  if (scope) return { channel: null, refusal: scope };
  if (channel.kind === "group" && !channel.botIsMember) return refused("channel_not_found");
  if (verb === "history" && !channel.botIsMember) return refused("not_in_channel");
  return { channel, refusal: null };
}

function refused(error: string): Found {
  return { channel: null, refusal: refusal(error) };
}
