import type { App } from "@slack/bolt";
import type { ChatHandlers } from "../../chat-connection.ts";
import { errorFields, type Log } from "../../log.ts";
import { assertNever } from "../../result.ts";
import { tellingWhenSaid } from "../telling-when-said.ts";
import { responseAddress } from "./response-address.ts";
import type { SlackCall } from "./slack-call.ts";
import { type Delivery, readDelivery } from "./slack-delivery.ts";
import { slackClickReply, slackReply } from "./slack-reply.ts";
import type { SlackSelf } from "./slack-self.ts";

export interface Listening {
  call: SlackCall;
  self: SlackSelf;
  handlers: ChatHandlers;
  log: Log;
}

/** What the bot does about each thing that Slack delivers, once the inbox has it. */
export function listen(app: App, listening: Listening): void {
  const deal = (body: unknown) => dealWith(readDelivery(body, listening.self), listening);
  app.command("/kpi", async ({ ack, body }) => {
    await ack();
    await deal(body);
  });
  app.action(/.*/, async ({ ack, body }) => {
    await ack();
    await deal(body);
  });
  app.event("message", async ({ body }) => deal(body));
  app.event("app_mention", async ({ body }) => deal(body));
  app.event("channel_shared", async ({ body }) => deal(body));
  app.event("member_joined_channel", async ({ body }) => deal(body));
  app.error(async (error) => listening.log.error("slack_handler_failed", errorFields(error)));
}

async function dealWith(delivery: Delivery, listening: Listening): Promise<void> {
  if (delivery.kind === "nothing" || delivery.kind === "unknown") return;
  const { inbox } = listening.handlers;
  const settle = () => inbox.settle("slack", delivery.id);
  try {
    await handle(delivery, settle, listening);
  } catch (error) {
    inbox.leave("slack", delivery.id);
    throw error;
  }
  await settle();
}

async function handle(
  delivery: Exclude<Delivery, { kind: "nothing" | "unknown" }>,
  onSaid: () => Promise<void>,
  listening: Listening,
): Promise<void> {
  switch (delivery.kind) {
    case "thread_reply":
      return listening.handlers.onThreadReply(delivery.reply);
    case "readers_changed":
      return listening.handlers.onReadersChanged(delivery.channel);
    case "question":
      return onQuestion(delivery, onSaid, listening);
    case "click":
      return onClick(delivery, onSaid, listening);
    default:
      return assertNever(delivery);
  }
}

type DeliveryOf<Kind extends Delivery["kind"]> = Extract<Delivery, { kind: Kind }>;

function onQuestion(
  delivery: DeliveryOf<"question">,
  onSaid: () => Promise<void>,
  { call, handlers, log }: Listening,
) {
  const { request, to, address } = delivery;
  const way = address === null ? null : responseAddress(address, "its own answers");
  const reply = slackReply(
    { call, log },
    { asker: request.asker, direct: request.direct, place: to, address: way },
  );
  return handlers.onCommand(request, tellingWhenSaid(reply, onSaid));
}

function onClick(
  delivery: DeliveryOf<"click">,
  onSaid: () => Promise<void>,
  { call, handlers, log }: Listening,
) {
  const { click, to, address, alone } = delivery;
  const way = responseAddress(address, "the message with the button");
  const replyTo = { asker: click.asker, direct: click.direct, place: to, address: way };
  const reply = slackClickReply({ call, log }, replyTo, alone);
  return handlers.onClick(click, tellingWhenSaid(reply, onSaid));
}
