import type { App } from "@slack/bolt";
import { errorFields, type Log } from "../../log.ts";
import type { ChatHandlers } from "../../message.ts";
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
  app.error(async (error) => listening.log.error("slack_handler_failed", errorFields(error)));
}

async function dealWith(delivery: Delivery, listening: Listening): Promise<void> {
  const { handlers } = listening;
  switch (delivery.kind) {
    case "thread_reply":
      await handlers.onThreadReply(delivery.reply);
      break;
    case "question":
      await onQuestion(delivery, listening);
      break;
    case "click":
      await onClick(delivery, listening);
      break;
    case "nothing":
    case "unknown":
      return;
  }
  await handlers.inbox.settle("slack", delivery.id);
}

type DeliveryOf<Kind extends Delivery["kind"]> = Extract<Delivery, { kind: Kind }>;

function onQuestion(delivery: DeliveryOf<"question">, { call, handlers, log }: Listening) {
  const { request, to, address } = delivery;
  const way = address === null ? null : responseAddress(address, "its own answers");
  const reply = slackReply(
    { call, log },
    { asker: request.asker, direct: request.direct, place: to, address: way },
  );
  return handlers.onCommand(request, reply);
}

function onClick(delivery: DeliveryOf<"click">, { call, handlers, log }: Listening) {
  const { click, to, address, alone } = delivery;
  const way = responseAddress(address, "the message with the button");
  const replyTo = { asker: click.asker, direct: click.direct, place: to, address: way };
  return handlers.onClick(click, slackClickReply({ call, log }, replyTo, alone));
}
