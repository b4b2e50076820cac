import { isObject } from "../../json.ts";
import { MESSAGE_LIMITS } from "../blocks/limits.ts";
import { messagePayload } from "../workspace/message-payload.ts";
import { revise } from "../workspace/post.ts";
import { findOwnMessage } from "./find-own-message.ts";
import { readContent } from "./message-content.ts";
import { answer, type Method } from "./method.ts";

export const chatUpdate: Method = {
  name: "chat.update",
  scopes: ["chat:write"],
  acceptsJson: true,
  arguments: {
    channel: { kind: "string", required: true },
    ts: { kind: "string", required: true },
    text: { kind: "string" },
    blocks: { kind: "json" },
    metadata: { kind: "json" },
  },
  run({ workspace, arguments: given }) {
    const own = findOwnMessage(
      workspace,
      given.text("channel"),
      given.text("ts"),
      "cant_update_message",
    );
    if (own.refusal) return own.refusal;
    const metadata = given.json("metadata");
    // An empty object takes the metadata away; when there is none it stays.
    const isRemoval = isObject(metadata) && Object.keys(metadata).length === 0;
    const sent = {
      text: given.text("text"),
      blocks: given.json("blocks"),
      metadata: isRemoval ? undefined : metadata,
      mostText: MESSAGE_LIMITS.updatedText,
    };
    const read = readContent(workspace, sent, this.name);
    if (read.refusal) return read.refusal;
    const message = revise(workspace, own.message, {
      // Blocks that are not given go when text comes in their place.
      ...read.content,
      metadata: isRemoval ? null : (read.content.metadata ?? own.message.metadata),
      edited: { user: workspace.bot.userId, ts: workspace.nextTs() },
    });
    return answer({
      channel: message.channel,
      ts: message.ts,
      text: message.text,
      message: messagePayload(workspace, message, { metadata: true }),
    });
  },
};
