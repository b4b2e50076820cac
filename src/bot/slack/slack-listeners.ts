import type { App } from "@slack/bolt";
import { errorFields, type Log } from "../../log.ts";
import type { ChatHandlers, Reply } from "../../message.ts";
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
  if (delivery.kind === "nothing" || delivery.kind === "unknown") return;
  const { handlers, log } = listening;
  const settle = () => handlers.inbox.settle("slack", delivery.id);
  // Its picture may be long in coming: a program that is killed meanwhile must not say it all again.
  const onSaid = () =>
    settle().catch((error: unknown) => log.warn("slack_not_settled", errorFields(error)));
  switch (delivery.kind) {
    case "thread_reply":
      await handlers.onThreadReply(delivery.reply);
      break;
    case "question":
      await onQuestion(delivery, onSaid, listening);
      break;
    case "click":
      await onClick(delivery, onSaid, listening);
      break;
  }
  await settle();
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

function tellingWhenSaid<Way extends Reply>(reply: Way, onSaid: () => Promise<void>): Way {
  let told = false;
  const say: Reply["say"] = async (message, audience) => {
    const said = await reply.say(message, audience);
    if (said.ok && !told) await onSaid();
    told ||= said.ok;
    return said;
  };
  return { ...reply, say };
}
