import { z } from "zod";
import type { Click, CommandRequest, Doing } from "../../chat-connection.ts";
import type { ChannelRef, Destination, ThreadReply } from "../../message.ts";
import type { Kept } from "../inbox-body.ts";
import { unescapeMrkdwn } from "./slack-escape.ts";
import { questionInEvent, replyInEvent } from "./slack-event.ts";
import type { SlackSelf } from "./slack-self.ts";

/** What one delivery of Slack's comes to. `id` is the inbox's; `address` the delivery's response_url. */
export type Delivery =
  | { kind: "thread_reply"; id: string; reply: ThreadReply }
  | Question
  | { kind: "click"; id: string; click: Click; to: Destination; address: string; alone: boolean }
  /** Another organisation, or somebody more, reads the channel now. */
  | { kind: "readers_changed"; id: string; channel: ChannelRef }
  /** Nothing to do, and seen. */
  | { kind: "nothing"; id: string }
  /** Not of a form that is known here. */
  | { kind: "unknown" };

export interface Question {
  kind: "question";
  id: string;
  request: CommandRequest;
  to: Destination;
  /** Only commands come with one. */
  address: string | null;
}

/** Reads the body of a request or of a socket's envelope, which look alike. */
export function readDelivery(body: unknown, self: SlackSelf): Delivery {
  const envelope = eventBody.safeParse(body);
  if (envelope.success) return ofEvent(envelope.data, self);
  const command = commandBody.safeParse(body);
  if (command.success) return ofCommand(command.data);
  const click = clickBody.safeParse(body);
  return click.success ? ofClick(click.data) : { kind: "unknown" };
}

/** What the inbox keeps of it; null: the id alone. */
export function keptOf(delivery: Exclude<Delivery, { kind: "unknown" }>): Kept | null {
  switch (delivery.kind) {
    case "thread_reply":
      return { kind: "thread_reply", reply: delivery.reply };
    case "question":
      return { kind: "question", request: delivery.request, to: delivery.to };
    case "click":
      return { kind: "click", click: delivery.click, to: delivery.to };
    // Lost, it is found by the next look at the channel.
    case "readers_changed":
    case "nothing":
      return null;
  }
}

function ofEvent(body: z.infer<typeof eventBody>, self: SlackSelf): Delivery {
  const id = body.event_id;
  const change = readersEvent.safeParse(body.event);
  if (change.success) {
    const channel = { platform: "slack", channel: change.data.channel };
    return { kind: "readers_changed", id, channel };
  }
  const reply = replyInEvent(body.event, self);
  if (reply !== null) return { kind: "thread_reply", id, reply };
  const question = questionInEvent(body.event, self);
  if (question === null) return { kind: "nothing", id };
  const { user, channel, thread, text } = question;
  const external = body.is_ext_shared_channel === true;
  const doing = doingOf(id, user, channel, external);
  const to = destination(channel, thread ?? undefined);
  return { kind: "question", id, request: { ...doing, text }, to, address: null };
}

function ofCommand(body: z.infer<typeof commandBody>): Delivery {
  const { trigger_id: id, channel_id, user_id, response_url: address } = body;
  const text = unescapeMrkdwn(body.text.trim());
  const request = { ...doingOf(id, user_id, channel_id, false), text };
  return { kind: "question", id, request, to: destination(channel_id, undefined), address };
}

/** Of several actions in one payload, which only forms send, the first counts. */
function ofClick(body: z.infer<typeof clickBody>): Delivery {
  const [action] = body.actions;
  if (action === undefined) return { kind: "unknown" };
  const id = `${body.trigger_id}:${action.action_id}`;
  const { is_ephemeral, thread_ts } = body.container ?? {};
  const click = {
    ...doingOf(id, body.user.id, body.channel.id, false),
    // The number before the colon tells equal buttons of one message apart.
    action: action.action_id.replace(/^\d+:/, ""),
    value: action.selected_option?.value ?? action.value ?? "",
  };
  const to = destination(body.channel.id, thread_ts);
  const alone = is_ephemeral === true;
  return { kind: "click", id, click, to, address: body.response_url, alone };
}

function doingOf(id: string, user: string, channel: string, external: boolean): Doing {
  return {
    id,
    asker: { platform: "slack", user },
    place: { platform: "slack", channel },
    // Slack's ids of direct messages, and of nothing else, begin with D.
    direct: channel.startsWith("D"),
    external,
  };
}

function destination(channel: string, thread: string | undefined): Destination {
  const place = { platform: "slack", channel };
  return thread === undefined ? place : { ...place, thread };
}

const eventBody = z.object({
  type: z.literal("event_callback"),
  event_id: z.string(),
  event: z.unknown(),
  is_ext_shared_channel: z.boolean().optional(),
});

const readersEvent = z.object({
  type: z.enum(["channel_shared", "member_joined_channel"]),
  channel: z.string(),
});

const commandBody = z.object({
  // The app may have others, which nobody here answers.
  command: z.literal("/kpi"),
  trigger_id: z.string(),
  text: z.string().default(""),
  user_id: z.string(),
  channel_id: z.string(),
  response_url: z.url(),
});

const clickBody = z.object({
  type: z.literal("block_actions"),
  trigger_id: z.string(),
  response_url: z.url(),
  user: z.object({ id: z.string() }),
  channel: z.object({ id: z.string() }),
  container: z
    .object({ thread_ts: z.string().optional(), is_ephemeral: z.boolean().optional() })
    .optional(),
  actions: z.array(
    z.object({
      action_id: z.string(),
      value: z.string().optional(),
      /** Of a menu; null when what was chosen is taken back. */
      selected_option: z.object({ value: z.string() }).nullish(),
    }),
  ),
});
