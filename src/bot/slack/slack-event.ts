import { z } from "zod";
import type { ThreadReply } from "../../message.ts";
import { unescapeMrkdwn } from "./slack-escape.ts";
import type { SlackSelf } from "./slack-self.ts";
import { instantOfTs, isTs } from "./slack-time.ts";

/** A message as Slack's events and history both show it. */
export const slackMessage = z.object({
  ts: z.string().refine(isTs),
  thread_ts: z.string().refine(isTs).optional(),
  subtype: z.string().optional(),
  text: z.string().optional(),
  user: z.string().optional(),
  bot_id: z.string().optional(),
  hidden: z.boolean().optional(),
  metadata: z
    .object({ event_type: z.string(), event_payload: z.record(z.string(), z.unknown()) })
    .optional(),
});

const messageEvent = slackMessage.extend({
  type: z.literal("message"),
  channel: z.string(),
  channel_type: z.string().optional(),
});
const mentionEvent = slackMessage.extend({ type: z.literal("app_mention"), channel: z.string() });

/** A question put to the bot in words: by mention, or in a direct message. */
export interface SlackQuestion {
  text: string;
  user: string;
  channel: string;
  /** Where the answer goes: the thread of the question, or the one that it begins. Null in a direct message. */
  thread: string | null;
}

/**
 * The reply in a thread that an event tells of; null for everything else. A mention of the bot in a
 * thread comes twice, as a message that belongs to the discussion and as a question.
 */
export function replyInEvent(event: unknown, self: SlackSelf): ThreadReply | null {
  const read = messageEvent.safeParse(event);
  if (!read.success || read.data.channel_type === "im") return null;
  return threadReplyOf(read.data, read.data.channel, self);
}

export function questionInEvent(event: unknown, self: SlackSelf): SlackQuestion | null {
  const mention = mentionEvent.safeParse(event);
  if (mention.success && !mention.data.channel.startsWith("D"))
    return question(mention.data, self, mention.data.thread_ts ?? mention.data.ts);
  const direct = messageEvent.safeParse(event);
  if (!direct.success || direct.data.channel_type !== "im" || direct.data.subtype) return null;
  return question(direct.data, self, direct.data.thread_ts ?? null);
}

/** Null for the head of the thread, for the bot's own words, and for what is no utterance, such as an edit. */
export function threadReplyOf(
  message: z.infer<typeof slackMessage>,
  channel: string,
  self: SlackSelf,
): ThreadReply | null {
  const { ts, thread_ts, subtype, user, bot_id } = message;
  if (thread_ts === undefined || thread_ts === ts || message.hidden === true) return null;
  if (subtype !== undefined && !spoken.has(subtype)) return null;
  if (user === self.userId || bot_id === self.botId) return null;
  const author = user ?? bot_id;
  if (author === undefined) return null;
  return {
    id: ts,
    head: { platform: "slack", channel, id: thread_ts },
    text: unescapeMrkdwn(message.text ?? ""),
    author: { platform: "slack", user: author },
    at: instantOfTs(ts),
    fromBot: bot_id !== undefined || subtype === "bot_message",
  };
}

const spoken = new Set(["thread_broadcast", "file_share", "me_message", "bot_message"]);

function question(
  message: {
    text?: string | undefined;
    user?: string | undefined;
    bot_id?: string | undefined;
    channel: string;
  },
  self: SlackSelf,
  thread: string | null,
): SlackQuestion | null {
  const { user, bot_id, channel } = message;
  if (user === undefined || user === self.userId || bot_id !== undefined) return null;
  const text = (message.text ?? "").replaceAll(mentionOf(self), " ").replace(/\s+/g, " ").trim();
  return { text: unescapeMrkdwn(text), user, channel, thread };
}

function mentionOf(self: SlackSelf): RegExp {
  return new RegExp(`<@${self.userId}(?:\\|[^>]*)?>`, "g");
}
