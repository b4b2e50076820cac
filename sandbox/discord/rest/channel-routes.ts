import { objectsOf, textOf } from "../../json.ts";
import { keepNewest } from "../../keep-newest.ts";
import { takesMessages } from "../server/direct-message.ts";
import type { Message } from "../server/message.ts";
import { channelPayload, messagePayload } from "../server/payloads.ts";
import type { Permission } from "../server/permission.ts";
import { botMay } from "../server/permissions.ts";
import { post, remove, revise } from "../server/post.ts";
import type { Channel, Server } from "../server/server.ts";
import { type Answer, invalidForm, type Request, refusals } from "./exchange.ts";
import { channelAt, messageAt } from "./find-place.ts";
import type { FormFault } from "./form-fault.ts";
import { messageChange } from "./message-change.ts";
import type { Call, Route } from "./route.ts";

const MOST_NONCES = 10_000;

export const channelRoutes: readonly Route[] = [
  {
    method: "GET",
    pattern: /^\/channels\/(\d+)$/,
    authorized: true,
    run: getChannel,
    operation: "get_channel",
  },
  {
    method: "GET",
    pattern: /^\/channels\/(\d+)\/messages$/,
    authorized: true,
    run: getMessages,
    operation: "list_messages",
  },
  {
    method: "POST",
    pattern: /^\/channels\/(\d+)\/messages$/,
    authorized: true,
    run: createMessage,
    operation: "create_message",
  },
  {
    method: "GET",
    pattern: /^\/channels\/(\d+)\/messages\/(\d+)$/,
    authorized: true,
    run: getMessage,
    operation: "get_message",
  },
  {
    method: "PATCH",
    pattern: /^\/channels\/(\d+)\/messages\/(\d+)$/,
    authorized: true,
    run: editMessage,
    operation: "update_message",
  },
  {
    method: "DELETE",
    pattern: /^\/channels\/(\d+)\/messages\/(\d+)$/,
    authorized: true,
    run: deleteMessage,
    operation: "delete_message",
  },
];

function getChannel({ server, parts }: Call): Answer {
  const found = channelAt(server, parts);
  return "refused" in found
    ? found.refused
    : { status: 200, body: channelPayload(server, found.channel) };
}

/** Newest first, as Discord gives them, those after `after` beginning with the oldest of them. */
function getMessages({ server, request, parts, origin }: Call): Answer {
  const place = channelAt(server, parts);
  if ("refused" in place) return place.refused;
  const limit = Number(request.query.get("limit") ?? 50);
  if (!(limit >= 1 && limit <= 100)) return invalidForm([OUT_OF_RANGE]);
  const { id } = place.channel;
  // Who may not read the past is told that there is none.
  const readable = botMay(server, id, "ReadMessageHistory") ? server.messages.in(id) : [];
  const [after, before] = [request.query.get("after"), request.query.get("before")];
  const found = readable.filter(
    (message) =>
      message.visibleTo === null &&
      (after === null || BigInt(message.id) > BigInt(after)) &&
      (before === null || BigInt(message.id) < BigInt(before)),
  );
  const page = after === null ? found.slice(-limit) : found.slice(0, limit);
  return {
    status: 200,
    body: page.reverse().map((message) => messagePayload(server, message, origin)),
  };
}

const OUT_OF_RANGE: FormFault = {
  at: "limit",
  code: "NUMBER_TYPE_RANGE",
  message: "int value should be between 1 and 100.",
};

/** With `enforce_nonce` a nonce that was seen in the past minutes answers with the message that it made. */
function createMessage(call: Call): Answer {
  const { server, request, parts, origin } = call;
  const place = channelAt(server, parts);
  if ("refused" in place) return place.refused;
  const refused = postingRefusal(server, place.channel, request);
  if (refused) return refused;
  const channel = place.channel.id;
  const read = messageChange(server, request, null);
  if ("refused" in read) return read.refused;
  const nonce = textOf(request.body?.nonce);
  const earlier =
    request.body?.enforce_nonce === true ? postedUnder(server, channel, nonce) : undefined;
  if (earlier) return { status: 200, body: messagePayload(server, earlier, origin, true) };
  const author = server.bot.id;
  const message = post(server, origin, { channel, author, nonce: nonce || null, ...read.change });
  if (nonce !== "") {
    const until = server.now().getTime() + server.timing.nonceMs;
    server.nonces.set(`${channel}:${nonce}`, { message: message.id, until });
    keepNewest(server.nonces, MOST_NONCES);
  }
  return { status: 200, body: messagePayload(server, message, origin, true) };
}

/** What the bot lacks to say this there; null when it may. */
function postingRefusal(server: Server, channel: Channel, request: Request): Answer | null {
  if (!takesMessages(server, channel)) return refusals.closedToBots;
  const wanted: Permission[] = [
    channel.parent === null ? "SendMessages" : "SendMessagesInThreads",
    ...(objectsOf(request.body?.embeds).length > 0 ? ["EmbedLinks" as const] : []),
    ...(request.files.size > 0 ? ["AttachFiles" as const] : []),
  ];
  if (!wanted.every((permission) => botMay(server, channel.id, permission)))
    return refusals.missingPermissions;
  const isClosed = channel.locked && !botMay(server, channel.id, "ManageThreads");
  return isClosed ? refusals.threadLocked : null;
}

function postedUnder(server: Server, channel: string, nonce: string): Message | undefined {
  const seen = server.nonces.get(`${channel}:${nonce}`);
  if (nonce === "" || !seen || seen.until < server.now().getTime()) return undefined;
  return server.messages.find(seen.message);
}

function getMessage({ server, parts, origin }: Call): Answer {
  const found = messageAt(server, parts);
  return "refused" in found
    ? found.refused
    : { status: 200, body: messagePayload(server, found.message, origin) };
}

function editMessage({ server, request, parts, origin }: Call): Answer {
  const found = ownMessageAt(server, parts);
  if ("refused" in found) return found.refused;
  if (server.channels.get(found.message.channel)?.archived) return refusals.threadArchived;
  const read = messageChange(server, request, found.message);
  if ("refused" in read) return read.refused;
  const message = revise(server, origin, found.message, { ...read.change, edited: true });
  return { status: 200, body: messagePayload(server, message, origin) };
}

function deleteMessage({ server, parts }: Call): Answer {
  const found = ownMessageAt(server, parts);
  if ("refused" in found) return found.refused;
  remove(server, found.message);
  return { status: 204 };
}

function ownMessageAt(server: Server, parts: readonly string[]) {
  const found = messageAt(server, parts);
  if ("refused" in found) return found;
  return found.message.author === server.bot.id ? found : { refused: refusals.notYours };
}
