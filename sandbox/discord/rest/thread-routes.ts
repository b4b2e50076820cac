import { textOf } from "../../json.ts";
import { changeThread, type ThreadChange } from "../server/change-thread.ts";
import { channelPayload } from "../server/payloads.ts";
import { botMay } from "../server/permissions.ts";
import type { Channel, Server } from "../server/server.ts";
import { startThread } from "../server/start-thread.ts";
import { type Answer, invalidForm, refusals } from "./exchange.ts";
import { channelAt, messageAt } from "./find-place.ts";
import { badLength, notAmong } from "./form-fault.ts";
import type { Call, Route } from "./route.ts";

export const threadRoutes: readonly Route[] = [
  {
    method: "POST",
    pattern: /^\/channels\/(\d+)\/messages\/(\d+)\/threads$/,
    authorized: true,
    run: createThread,
    operation: "create_thread_from_message",
  },
  {
    method: "PATCH",
    pattern: /^\/channels\/(\d+)$/,
    authorized: true,
    run: updateThread,
    operation: "update_channel",
  },
  {
    method: "GET",
    pattern: /^\/guilds\/(\d+)\/threads\/active$/,
    authorized: true,
    run: activeThreads,
    operation: "get_active_guild_threads",
  },
  {
    method: "GET",
    pattern: /^\/channels\/(\d+)\/threads\/archived\/public$/,
    authorized: true,
    run: archivedThreads,
    operation: "list_public_archived_threads",
  },
];

/** In minutes: an hour, a day, three days, a week. */
const ARCHIVE_AFTER = [60, 1_440, 4_320, 10_080];

function createThread({ server, request, parts, origin }: Call): Answer {
  const found = messageAt(server, parts);
  if ("refused" in found) return found.refused;
  const { message } = found;
  if (!botMay(server, message.channel, "CreatePublicThreads")) return refusals.missingPermissions;
  if (server.channels.has(message.id)) return refusals.threadExists;
  const name = textOf(request.body?.name);
  if (name.length < 1 || name.length > 100) return invalidForm([badLength("name", 1, 100)]);
  const minutes = Number(request.body?.auto_archive_duration ?? 1_440);
  if (!ARCHIVE_AFTER.includes(minutes))
    return invalidForm([notAmong("auto_archive_duration", ARCHIVE_AFTER)]);
  const thread = startThread(server, origin, message, { name, archiveAfterMinutes: minutes });
  return { status: 201, body: channelPayload(server, thread) };
}

/** Of channels nothing is changed here: only threads, which the bot has started itself. */
function updateThread({ server, request, parts }: Call): Answer {
  const found = channelAt(server, parts);
  if ("refused" in found) return found.refused;
  const { channel } = found;
  if (channel.parent === null) return refusals.missingPermissions;
  const { name, archived, locked } = request.body ?? {};
  const mayManage = botMay(server, channel.id, "ManageThreads");
  if (!mayManage && (locked !== undefined || channel.locked)) return refusals.missingPermissions;
  const isOnlyKept = channel.archived && archived !== false;
  if (isOnlyKept) return refusals.threadArchived;
  const change: ThreadChange = {
    ...(typeof name === "string" ? { name } : {}),
    ...(typeof archived === "boolean" ? { archived } : {}),
    ...(typeof locked === "boolean" ? { locked } : {}),
  };
  changeThread(server, channel, change);
  return { status: 200, body: channelPayload(server, channel) };
}

function activeThreads({ server, parts }: Call): Answer {
  if (parts[0] !== server.guild.id) return refusals.missingAccess;
  const threads = threadsOf(server, (thread) => !thread.archived);
  return { status: 200, body: { threads, members: [] } };
}

/** The latest archived first. */
function archivedThreads({ server, parts }: Call): Answer {
  const found = channelAt(server, parts);
  if ("refused" in found) return found.refused;
  const threads = threadsOf(
    server,
    (thread) => thread.archived && thread.parent === found.channel.id,
  );
  return { status: 200, body: { threads: threads.reverse(), members: [], has_more: false } };
}

function threadsOf(server: Server, wanted: (thread: Channel) => boolean) {
  return [...server.channels.values()]
    .filter((one) => one.parent !== null && botMay(server, one.id, "ViewChannel") && wanted(one))
    .sort((a, b) => a.activeAt.getTime() - b.activeAt.getTime())
    .map((thread) => channelPayload(server, thread));
}
