import { textOf } from "../json.ts";
import type { Message } from "../server/message.ts";
import { channelPayload, messagePayload } from "../server/payloads.ts";
import { post, remove, revise, startThread } from "../server/post.ts";
import type { Server } from "../server/server.ts";
import { type Answer, invalidForm, refusals } from "./exchange.ts";
import { messageChange } from "./message-change.ts";
import type { Call, Route } from "./route.ts";

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
  {
    method: "POST",
    pattern: /^\/channels\/(\d+)\/messages\/(\d+)\/threads$/,
    authorized: true,
    run: createThread,
    operation: "create_thread_from_message",
  },
];

function getChannel({ server, parts }: Call): Answer {
  const channel = server.channels.get(parts[0] ?? "");
  return channel ? { status: 200, body: channelPayload(server, channel) } : refusals.unknownChannel;
}

/** Newest first, as Discord gives them, those after `after` beginning with the oldest of them. */
function getMessages({ server, request, parts, origin }: Call): Answer {
  const [channel = ""] = parts;
  if (!server.channels.has(channel)) return refusals.unknownChannel;
  const limit = Number(request.query.get("limit") ?? 50);
  if (!(limit >= 1 && limit <= 100)) return invalidForm(["limit: 1 to 100"]);
  const after = BigInt(request.query.get("after") ?? 0);
  const found = [...server.messages.values()].filter(
    (message) =>
      message.channel === channel && message.visibleTo === null && BigInt(message.id) > after,
  );
  const page = request.query.has("after") ? found.slice(0, limit) : found.slice(-limit);
  return {
    status: 200,
    body: page.reverse().map((message) => messagePayload(server, message, origin)),
  };
}

/** With `enforce_nonce` a nonce that was seen in the past minutes answers with the message that it made. */
function createMessage(call: Call): Answer {
  const { server, request, parts, origin } = call;
  const [channel = ""] = parts;
  if (!server.channels.has(channel)) return refusals.unknownChannel;
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
  }
  return { status: 200, body: messagePayload(server, message, origin, true) };
}

function postedUnder(server: Server, channel: string, nonce: string): Message | undefined {
  const seen = server.nonces.get(`${channel}:${nonce}`);
  if (nonce === "" || !seen || seen.until < server.now().getTime()) return undefined;
  return server.messages.get(seen.message);
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

function createThread({ server, request, parts, origin }: Call): Answer {
  const found = messageAt(server, parts);
  if ("refused" in found) return found.refused;
  if (server.channels.has(found.message.id)) return refusals.threadExists;
  const name = textOf(request.body?.name);
  if (name.length < 1 || name.length > 100) return invalidForm(["name: 1 to 100 in length"]);
  const thread = startThread(server, origin, found.message, name);
  return { status: 201, body: channelPayload(server, thread) };
}

type Found = { message: Message } | { refused: Answer };

function messageAt(server: Server, [channel = "", id = ""]: readonly string[]): Found {
  if (!server.channels.has(channel)) return { refused: refusals.unknownChannel };
  const message = server.messages.get(id);
  const there = message?.channel === channel && message.visibleTo === null;
  return there ? { message } : { refused: refusals.unknownMessage };
}

function ownMessageAt(server: Server, parts: readonly string[]): Found {
  const found = messageAt(server, parts);
  if ("refused" in found) return found;
  return found.message.author === server.bot.id ? found : { refused: refusals.notYours };
}
