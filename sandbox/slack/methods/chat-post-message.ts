import { messagePayload } from "../workspace/message-payload.ts";
import { post } from "../workspace/post.ts";
import { channelToPostIn } from "./find-channel.ts";
import { readContent } from "./message-content.ts";
import { answer, type Method } from "./method.ts";
import { threadToReplyIn } from "./thread-to-reply-in.ts";

export const chatPostMessage: Method = {
  name: "chat.postMessage",
  scopes: ["chat:write"],
  acceptsJson: true,
  arguments: {
    channel: { kind: "string", required: true },
    text: { kind: "string" },
    blocks: { kind: "json" },
    metadata: { kind: "json" },
    thread_ts: { kind: "string" },
    reply_broadcast: { kind: "boolean" },
    unfurl_links: { kind: "boolean" },
    unfurl_media: { kind: "boolean" },
    mrkdwn: { kind: "boolean" },
  },
  run({ workspace, arguments: given }) {
    const place = channelToPostIn(workspace, given.text("channel"));
    if (place.refusal) return place.refusal;
    const thread = threadToReplyIn(workspace, place.channel.id, given.text("thread_ts"), this.name);
    if (thread.refusal) return thread.refusal;
    const read = readContent(
      workspace,
      { text: given.text("text"), blocks: given.json("blocks"), metadata: given.json("metadata") },
      this.name,
    );
    if (read.refusal) return read.refusal;
    const message = post(workspace, {
      channel: place.channel.id,
      author: { kind: "bot" },
      threadTs: thread.threadTs,
      broadcast: thread.threadTs !== null && given.flag("reply_broadcast"),
      ...read.content,
    });
    return answer({
      channel: message.channel,
      ts: message.ts,
      message: messagePayload(workspace, message, { metadata: true }),
    });
  },
};
