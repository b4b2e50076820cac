import type { Interaction } from "../server/interaction.ts";
import { FLAG_EPHEMERAL, type Message } from "../server/message.ts";
import { messagePayload } from "../server/payloads.ts";
import { remove, revise } from "../server/post.ts";
import type { Server } from "../server/server.ts";
import { callback } from "./callback.ts";
import { type Answer, refusals } from "./exchange.ts";
import { messageChange } from "./message-change.ts";
import { postAnswer } from "./post-answer.ts";
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
    method: "GET",
    pattern: WEBHOOK_MESSAGE,
    authorized: false,
    run: getAnswer,
    operation: "get_webhook_message",
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

/** After a deferred answer the first follow-up is put into its place, seen by those it was deferred for. */
function followUp({ server, request, parts, origin }: Call): Answer {
  const found = interactionAt(server, parts);
  if ("refused" in found) return found.refused;
  const read = messageChange(server, request, null);
  if ("refused" in read) return read.refused;
  const { interaction } = found;
  const original = server.messages.find(interaction.original ?? "");
  const hidden = (Number(request.body?.flags ?? 0) & FLAG_EPHEMERAL) !== 0;
  const message = original?.thinking
    ? revise(server, origin, original, { ...read.change, thinking: false })
    : postAnswer(server, origin, interaction, hidden, read.change);
  return { status: 200, body: messagePayload(server, message, origin) };
}

function getAnswer({ server, parts, origin }: Call): Answer {
  const found = answerAt(server, parts);
  return "refused" in found
    ? found.refused
    : { status: 200, body: messagePayload(server, found.message, origin) };
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
  const message = server.messages.find(id ?? "");
  return message ? { message } : { refused: refusals.unknownMessage };
}
