import { messagePayload } from "../workspace/message-payload.ts";
import { channelToRead } from "./find-channel.ts";
import { answer, type Method, refusal } from "./method.ts";
import { pageThrough } from "./page-through.ts";
import { inRange, RANGE_ARGUMENTS, readRange } from "./read-range.ts";
import { conversationScopes } from "./scope.ts";

/** A thread, oldest first. Its head comes with every answer, whatever the range. */
export const conversationsReplies: Method = {
  name: "conversations.replies",
  scopes: conversationScopes("history"),
  acceptsJson: false,
  arguments: {
    channel: { kind: "string", required: true },
    ts: { kind: "string", required: true },
    ...RANGE_ARGUMENTS,
  },
  run({ workspace, arguments: given }) {
    const place = channelToRead(workspace, given.text("channel"), "history");
    if (place.refusal) return place.refusal;
    const range = readRange(given);
    if (typeof range === "string") return refusal(range);
    const named = workspace.messages.find(place.channel.id, given.text("ts"));
    if (!named || named.visibleTo) return refusal("thread_not_found");
    const headTs = named.threadTs ?? named.ts;
    const head = workspace.messages.find(place.channel.id, headTs);
    const replies = workspace.messages
      .replies(place.channel.id, headTs)
      .filter((message) => inRange(message, range));
    const limit = Math.min(Math.max(given.integer("limit") ?? 1000, 1), 1000);
    const page = pageThrough(replies, given.text("cursor"), limit);
    if (!page) return refusal("invalid_cursor");
    const wishes = { metadata: given.flag("include_all_metadata") };
    return answer({
      messages: [...(head ? [head] : []), ...page.items].map((message) =>
        messagePayload(workspace, message, wishes),
      ),
      has_more: page.hasMore,
      response_metadata: page.metadata,
    });
  },
};
