import { messagePayload } from "../workspace/message-payload.ts";
import { channelToRead } from "./find-channel.ts";
import { answer, type Method, refusal } from "./method.ts";
import { pageThrough } from "./page-through.ts";
import { inRange, RANGE_ARGUMENTS, readRange } from "./read-range.ts";
import { conversationScopes } from "./scope.ts";

/** Newest first, as Slack has it. */
export const conversationsHistory: Method = {
  name: "conversations.history",
  scopes: conversationScopes("history"),
  acceptsJson: true,
  arguments: { channel: { kind: "string", required: true }, ...RANGE_ARGUMENTS },
  run({ workspace, arguments: given }) {
    const place = channelToRead(workspace, given.text("channel"), "history");
    if (place.refusal) return place.refusal;
    const range = readRange(given);
    if (typeof range === "string") return refusal(range);
    const messages = workspace.messages
      .history(place.channel.id)
      .filter((message) => inRange(message, range))
      .reverse();
    const page = pageThrough(messages, given.text("cursor"), clampLimit(given.integer("limit")));
    if (!page) return refusal("invalid_cursor");
    const wishes = { metadata: given.flag("include_all_metadata") };
    return answer({
      messages: page.items.map((message) => messagePayload(workspace, message, wishes)),
      has_more: page.hasMore,
      pin_count: 0,
      response_metadata: page.metadata,
    });
  },
};

function clampLimit(limit: number | null): number {
  return Math.min(Math.max(limit ?? 100, 1), 999);
}
