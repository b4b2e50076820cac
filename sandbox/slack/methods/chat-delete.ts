import { erase } from "../workspace/post.ts";
import { findOwnMessage } from "./find-own-message.ts";
import { answer, type Method } from "./method.ts";

export const chatDelete: Method = {
  name: "chat.delete",
  scopes: ["chat:write"],
  acceptsJson: true,
  arguments: {
    channel: { kind: "string", required: true },
    ts: { kind: "string", required: true },
  },
  run({ workspace, arguments: given }) {
    const own = findOwnMessage(
      workspace,
      given.text("channel"),
      given.text("ts"),
      "cant_delete_message",
    );
    if (own.refusal) return own.refusal;
    erase(workspace, own.message);
    return answer({ channel: own.message.channel, ts: own.message.ts });
  },
};
