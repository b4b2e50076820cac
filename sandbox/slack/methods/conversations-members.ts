import { memberIds } from "./conversations-info.ts";
import { channelToRead } from "./find-channel.ts";
import { answer, type Method, refusal } from "./method.ts";
import { pageThrough } from "./page-through.ts";
import { conversationScopes } from "./scope.ts";

export const conversationsMembers: Method = {
  name: "conversations.members",
  scopes: conversationScopes("read"),
  acceptsJson: false,
  arguments: {
    channel: { kind: "string", required: true },
    cursor: { kind: "string" },
    limit: { kind: "integer" },
  },
  run({ workspace, arguments: given }) {
    const place = channelToRead(workspace, given.text("channel"), "read");
    if (place.refusal) return place.refusal;
    const limit = given.integer("limit") ?? 100;
    if (limit < 1 || limit > 1000) return refusal("invalid_limit");
    const page = pageThrough(memberIds(workspace, place.channel), given.text("cursor"), limit);
    if (!page) return refusal("invalid_cursor");
    return answer({ members: page.items, response_metadata: page.metadata });
  },
};
