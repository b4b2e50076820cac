import { answer, type Method, refusal } from "./method.ts";

export const chatGetPermalink: Method = {
  name: "chat.getPermalink",
  scopes: [],
  acceptsJson: false,
  arguments: {
    channel: { kind: "string", required: true },
    message_ts: { kind: "string", required: true },
  },
  run({ workspace, arguments: given, origin }) {
    const channel = workspace.channels.get(given.text("channel"));
    if (!channel) return refusal("channel_not_found");
    const message = workspace.messages.find(channel.id, given.text("message_ts"));
    if (!message || message.visibleTo) return refusal("message_not_found");
    const path = `${origin}/archives/${channel.id}/p${message.ts.replace(".", "")}`;
    const thread = message.threadTs ? `?thread_ts=${message.threadTs}&cid=${channel.id}` : "";
    return answer({ channel: channel.id, permalink: `${path}${thread}` });
  },
};
