import { isObject } from "../json.ts";
import { FLAG_EPHEMERAL, type Message } from "../server/message.ts";
import { messagePayload } from "../server/payloads.ts";
import { post, remove, revise } from "../server/post.ts";
import type { Interaction, Server } from "../server/server.ts";
import { type Answer, invalidForm, refusals } from "./exchange.ts";
import { messageChange } from "./message-change.ts";
import type { Call, Route } from "./route.ts";

const WEBHOOK = /^\/webhooks\/(\d+)\/([\w-]+)$/;
const WEBHOOK_MESSAGE = /^\/webhooks\/(\d+)\/([\w-]+)\/messages\/(@original|\d+)$/;

/** The token of an interaction stands in the path and is all the right that is needed. */
export const interactionRoutes: readonly Route[] = [
  {
    method: "POST",
    pattern: /^\/interactions\/(\d+)\/([\w-]+)\/callback$/,
    authorized: false,
    run: callback,
    operation: "create_interaction_response",
  },
  {
    method: "POST",
    pattern: WEBHOOK,
    authorized: false,
    run: followUp,
    operation: "execute_webhook",
  },
  {
    method: "PATCH",
    pattern: WEBHOOK_MESSAGE,
    authorized: false,
    run: editAnswer,
    operation: "update_webhook_message",
  },
  {
    method: "DELETE",
    pattern: WEBHOOK_MESSAGE,
    authorized: false,
    run: deleteAnswer,
    operation: "delete_webhook_message",
  },
];

/** The first answer: 4 a message, 5 "is thinking", 6 nothing yet (a click). */
function callback({ server, request, parts, origin }: Call): Answer {
  const [id = "", token = ""] = parts;
  const interaction = server.interactions.get(token);
  if (interaction?.id !== id) return refusals.unknownInteraction;
  if (interaction.acknowledged) return refusals.acknowledged;
  const age = server.now().getTime() - interaction.createdAt;
  if (age > server.timing.ackMs) return refusals.unknownInteraction;
  const type = request.body?.type;
  if (type !== 4 && type !== 5 && type !== 6) return invalidForm(["type: 4, 5 or 6"]);
  const data = isObject(request.body?.data) ? request.body.data : {};
  if (type === 4) {
    const read = messageChange(server, { ...request, body: data }, null);
    if ("refused" in read) return read.refused;
    interaction.original = answerOf(server, origin, interaction, data.flags, read.change).id;
  }
  if (type === 5) {
    interaction.original = answerOf(server, origin, interaction, data.flags, { thinking: true }).id;
  }
  interaction.acknowledged = true;
  server.feed.tell({ kind: "noted" });
  return { status: 204 };
}

/** After a deferred answer the first follow-up is put into its place, seen by those it was deferred for. */
function followUp({ server, request, parts, origin }: Call): Answer {
  const found = interactionAt(server, parts);
  if ("refused" in found) return found.refused;
  const read = messageChange(server, request, null);
  if ("refused" in read) return read.refused;
  const { interaction } = found;
  const original = server.messages.get(interaction.original ?? "");
  const message = original?.thinking
    ? revise(server, origin, original, { ...read.change, thinking: false })
    : answerOf(server, origin, interaction, request.body?.flags, read.change);
  return { status: 200, body: messagePayload(server, message, origin) };
}

function editAnswer({ server, request, parts, origin }: Call): Answer {
  const found = answerAt(server, parts);
  if ("refused" in found) return found.refused;
  const read = messageChange(server, request, found.message);
  if ("refused" in read) return read.refused;
  const change = { ...read.change, thinking: false, edited: !found.message.thinking };
  const message = revise(server, origin, found.message, change);
  return { status: 200, body: messagePayload(server, message, origin) };
}

function deleteAnswer({ server, parts }: Call): Answer {
  const found = answerAt(server, parts);
  if ("refused" in found) return found.refused;
  remove(server, found.message);
  return { status: 204 };
}

function answerOf(
  server: Server,
  origin: string,
  interaction: Interaction,
  flags: unknown,
  change: Partial<Message>,
): Message {
  const hidden = (Number(flags ?? 0) & FLAG_EPHEMERAL) !== 0;
  return post(server, origin, {
    channel: interaction.channel,
    author: server.bot.id,
    type: 20,
    askedBy: interaction.user,
    flags: hidden ? FLAG_EPHEMERAL : 0,
    visibleTo: hidden ? interaction.user : null,
    ...change,
  });
}

function interactionAt(
  server: Server,
  [application = "", token = ""]: readonly string[],
): { interaction: Interaction } | { refused: Answer } {
  const interaction = server.interactions.get(token);
  if (application !== server.bot.applicationId || !interaction?.acknowledged) {
    return { refused: refusals.unknownWebhook };
  }
  const age = server.now().getTime() - interaction.createdAt;
  return age > server.timing.tokenMs ? { refused: refusals.badToken } : { interaction };
}

function answerAt(
  server: Server,
  parts: readonly string[],
): { message: Message } | { refused: Answer } {
  const found = interactionAt(server, parts);
  if ("refused" in found) return found;
  const id = parts[2] === "@original" ? found.interaction.original : parts[2];
  const message = server.messages.get(id ?? "");
  return message ? { message } : { refused: refusals.unknownMessage };
}
