import type { JsonObject } from "../../json.ts";
import type { Channel, Workspace } from "../workspace/workspace.ts";
import { channelToRead } from "./find-channel.ts";
import { answer, type Method } from "./method.ts";
import { conversationScopes } from "./scope.ts";

export const conversationsInfo: Method = {
  name: "conversations.info",
  scopes: conversationScopes("read"),
  acceptsJson: false,
  arguments: {
    channel: { kind: "string", required: true },
    include_locale: { kind: "boolean" },
    include_num_members: { kind: "boolean" },
  },
  run({ workspace, arguments: given }) {
    const place = channelToRead(workspace, given.text("channel"), "read");
    if (place.refusal) return place.refusal;
    const count = given.flag("include_num_members")
      ? { num_members: memberIds(workspace, place.channel).length }
      : {};
    return answer({ channel: { ...channelPayload(workspace, place.channel), ...count } });
  },
};

/** The people of a channel, and the bot when it was invited. */
export function memberIds(workspace: Workspace, channel: Channel): string[] {
  return [...channel.members, ...(channel.botIsMember ? [workspace.bot.userId] : [])];
}

function channelPayload(workspace: Workspace, channel: Channel): JsonObject {
  const created = Math.floor(channel.createdAt.getTime() / 1000);
  if (channel.kind === "im") {
    const [user] = channel.members;
    return { id: channel.id, created, is_im: true, is_org_shared: false, user, is_archived: false };
  }
  return {
    id: channel.id,
    name: channel.name,
    name_normalized: channel.name,
    created,
    is_channel: channel.kind === "channel",
    is_group: channel.kind === "group",
    is_im: false,
    is_mpim: false,
    is_private: channel.kind === "group",
    is_archived: channel.archived,
    is_member: channel.botIsMember,
    is_shared: channel.external,
    is_org_shared: false,
    is_ext_shared: channel.external,
    is_pending_ext_shared: channel.pendingExternal,
    pending_shared: [],
    context_team_id: workspace.team.id,
    shared_team_ids: [workspace.team.id],
    topic: { value: "", creator: "", last_set: 0 },
    purpose: { value: channel.purpose, creator: "", last_set: 0 },
  };
}
