import { post } from "../workspace/post.ts";
import { channelToPostIn } from "./find-channel.ts";
import { readContent } from "./message-content.ts";
import { answer, type Method, refusal } from "./method.ts";
import { threadToReplyIn } from "./thread-to-reply-in.ts";

export const chatPostEphemeral: Method = {
  name: "chat.postEphemeral",
  scopes: ["chat:write"],
  acceptsJson: true,
  arguments: {
    channel: { kind: "string", required: true },
    user: { kind: "string", required: true },
    text: { kind: "string" },
    blocks: { kind: "json" },
    thread_ts: { kind: "string" },
  },
  run({ workspace, arguments: given }) {
    const place = channelToPostIn(workspace, given.text("channel"));
    if (place.refusal) return place.refusal;
    const user = given.text("user");
    if (!place.channel.members.has(user)) return refusal("user_not_in_channel");
    const thread = threadToReplyIn(workspace, place.channel.id, given.text("thread_ts"), this.name);
    if (thread.refusal) return thread.refusal;
    const read = readContent(
      workspace,
      { text: given.text("text"), blocks: given.json("blocks"), metadata: undefined },
      this.name,
    );
    if (read.refusal) return read.refusal;
    const message = post(workspace, {
      channel: place.channel.id,
      author: { kind: "bot" },
      threadTs: thread.threadTs,
      visibleTo: user,
      ...read.content,
    });
    return answer({ message_ts: message.ts });
  },
};
