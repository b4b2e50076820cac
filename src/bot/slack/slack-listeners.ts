import type { App } from "@slack/bolt";
import { z } from "zod";
import { errorFields, type Log } from "../../log.ts";
import type { ChatHandlers, CommandRequest, Destination } from "../../message.ts";
import { responseAddress } from "./response-address.ts";
import type { SlackCall } from "./slack-call.ts";
import { unescapeMrkdwn } from "./slack-escape.ts";
import { questionInEvent, replyInEvent, slackEnvelope } from "./slack-event.ts";
import { slackReply } from "./slack-reply.ts";
import type { SlackSelf } from "./slack-self.ts";

export interface Listening {
  call: SlackCall;
  self: SlackSelf;
  handlers: ChatHandlers;
  log: Log;
}

/** What the bot does about each thing that Slack delivers. Every request is acknowledged first. */
export function listen(app: App, listening: Listening): void {
  app.command("/kpi", async ({ ack, body }) => {
    await ack();
    await onCommand(body, listening);
  });
  app.action(/.*/, async ({ ack, body }) => {
    await ack();
    await onClick(body, listening);
  });
  app.event("message", async ({ body }) => onEvent(body, listening));
  app.event("app_mention", async ({ body }) => onEvent(body, listening));
  app.error(async (error) => listening.log.error("slack_handler_failed", errorFields(error)));
}

async function onCommand(body: unknown, { call, handlers, log }: Listening): Promise<void> {
  const command = commandBody.parse(body);
  // A signed command that is sent again is a copy: Slack itself sends each once.
  if (!(await handlers.inbox.put("slack", command.trigger_id, null))) return;
  const request: CommandRequest = {
    id: command.trigger_id,
    text: unescapeMrkdwn(command.text.trim()),
    asker: { platform: "slack", user: command.user_id },
    place: { platform: "slack", channel: command.channel_id },
    direct: isDirect(command.channel_id),
  };
  const address = responseAddress(command.response_url);
  const { asker, place } = request;
  await handlers.onCommand(request, slackReply({ call, log }, { asker, place, address }));
}

/** A button asks what its value says, as if its presser had typed it, and with the presser's rights. */
async function onClick(body: unknown, { call, handlers, log }: Listening): Promise<void> {
  const click = clickBody.safeParse(body);
  const action = click.data?.actions[0];
  if (!click.success || action?.value === undefined) return;
  const id = `${click.data.trigger_id}:${action.action_id}`;
  if (!(await handlers.inbox.put("slack", id, null))) return;
  const asker = { platform: "slack", user: click.data.user.id };
  const thread = click.data.container?.thread_ts;
  const channel = { platform: "slack", channel: click.data.channel.id };
  const place: Destination = thread === undefined ? channel : { ...channel, thread };
  const direct = isDirect(channel.channel);
  const request = { id, text: action.value, asker, place: channel, direct };
  // The response address of a click would replace the message with the button.
  await handlers.onCommand(request, slackReply({ call, log }, { asker, place, address: null }));
}

async function onEvent(body: unknown, { call, self, handlers, log }: Listening): Promise<void> {
  const { event, event_id: id } = eventBody.parse(body);
  const reply = replyInEvent(event, self);
  if (reply !== null) {
    await handlers.onThreadReply(reply);
    await handlers.inbox.settle("slack", id);
    return;
  }
  const question = questionInEvent(event, self);
  if (question === null) return;
  const asker = { platform: "slack", user: question.user };
  const channel = { platform: "slack", channel: question.channel };
  const place = question.thread === null ? channel : { ...channel, thread: question.thread };
  const direct = isDirect(question.channel);
  const request = { id, text: question.text, asker, place: channel, direct };
  await handlers.onCommand(request, slackReply({ call, log }, { asker, place, address: null }));
}

/** Slack's ids of direct messages, and of nothing else, begin with D. */
function isDirect(channel: string): boolean {
  return channel.startsWith("D");
}

const commandBody = z.object({
  trigger_id: z.string(),
  text: z.string().default(""),
  user_id: z.string(),
  channel_id: z.string(),
  response_url: z.url(),
});

const clickBody = z.object({
  trigger_id: z.string(),
  user: z.object({ id: z.string() }),
  channel: z.object({ id: z.string() }),
  container: z.object({ thread_ts: z.string().optional() }).optional(),
  actions: z.array(z.object({ action_id: z.string(), value: z.string().optional() })),
});

const eventBody = slackEnvelope.extend({ event: z.unknown() });
