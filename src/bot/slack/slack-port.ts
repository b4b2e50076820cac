import { z } from "zod";
import type { Log } from "../../log.ts";
import type { ChatFault, ChatPort, Destination, Message, MessageRef } from "../../message.ts";
import { ok, type Result } from "../../result.ts";
import { directMessage } from "./direct-message.ts";
import type { SlackCall } from "./slack-call.ts";
import { slackChannelFacts, slackPersonFacts } from "./slack-facts.ts";
import { guestsIn } from "./slack-guests.ts";
import { findInSlack, metadataType, slackRepliesAfter } from "./slack-history.ts";
import type { SlackSelf } from "./slack-self.ts";
import { sayThenPicture, unadorned, updateMessage } from "./slack-send.ts";
import type { SlackMessage } from "./to-slack-message.ts";

/** Slack as a place to post. Our own id stands in a message's metadata, which Slack gives back. */
export function slackPort(call: SlackCall, self: SlackSelf, log: Log): ChatPort {
  const hasGuests = guestsIn(call, () => performance.now());
  const update = (ref: MessageRef, content: SlackMessage) => updateMessage(call, ref, content);
  return {
    platform: "slack",
    post: (to, message, ourId) => post({ call, log }, to, message, ourId),
    edit: (ref, message) =>
      sayThenPicture({ call, log }, message, (content) => update(ref, content), update),
    delete: async (ref) => {
      const done = await call("chat.delete", { channel: ref.channel, ts: ref.id }, z.object({}));
      return done.ok ? ok(null) : done;
    },
    find: (to, ourId, since) => findInSlack(call, self, to, ourId, since),
    permalink: async (ref) => {
      const given = { channel: ref.channel, message_ts: ref.id };
      const link = await call("chat.getPermalink", given, z.object({ permalink: z.string() }));
      return link.ok ? ok(link.value.permalink) : link;
    },
    channelFacts: ({ channel }) => slackChannelFacts(call, hasGuests, channel),
    personFacts: ({ user }) => slackPersonFacts(call, self, user),
    directMessage: ({ user }) => directMessage(call, user),
    repliesAfter: (head, afterId) => slackRepliesAfter(call, self, head, afterId),
  };
}

function post(
  means: { call: SlackCall; log: Log },
  to: Destination,
  message: Message,
  ourId: string,
) {
  const metadata = { event_type: metadataType, event_payload: { id: ourId } };
  return sayThenPicture(
    means,
    message,
    (content) => postMessage(means.call, to, content, { metadata }),
    // The metadata stays: an update that names none does not touch it.
    (ref, content) => updateMessage(means.call, ref, content),
  );
}

/** Posts once into a channel or a thread. */
export async function postMessage(
  call: SlackCall,
  to: Destination,
  content: SlackMessage,
  more: { metadata?: unknown },
): Promise<Result<MessageRef, ChatFault>> {
  const thread = to.thread === undefined ? {} : { thread_ts: to.thread };
  const posted = await call(
    "chat.postMessage",
    { channel: to.channel, ...thread, ...content, ...unadorned, ...more },
    z.object({ ts: z.string(), channel: z.string() }),
  );
  if (!posted.ok) return posted;
  // A direct message is addressed by the person, and stands in a channel with an id of its own.
  const ref = { platform: to.platform, channel: posted.value.channel, id: posted.value.ts };
  return ok(to.thread === undefined ? ref : { ...ref, thread: to.thread });
}
