import type { JsonObject } from "../../json.ts";
import { filePayload } from "./file-payload.ts";
import type { Message } from "./message.ts";
import type { Workspace } from "./workspace.ts";

interface PayloadWishes {
  /** Metadata is given only to who asks for it. */
  metadata: boolean;
}

/** A message as the Web API and events show it. */
export function messagePayload(
  workspace: Workspace,
  message: Message,
  wishes: PayloadWishes,
): JsonObject {
  return {
    type: "message",
    ...authorPayload(workspace, message),
    text: message.text,
    ts: message.ts,
    team: workspace.team.id,
    ...(message.blocks.length > 0 ? { blocks: message.blocks } : {}),
    ...threadPayload(workspace, message),
    ...(message.edited ? { edited: message.edited } : {}),
    ...(message.fileIds.length > 0
      ? { subtype: "file_share", files: sharedFiles(workspace, message) }
      : {}),
    ...(wishes.metadata && message.metadata ? { metadata: message.metadata } : {}),
    ...(message.visibleTo ? { is_ephemeral: true } : {}),
  };
}

function authorPayload(workspace: Workspace, message: Message): JsonObject {
  const { bot, team } = workspace;
  switch (message.author.kind) {
    case "person":
      return { user: message.author.user };
    case "slack":
      return { user: "USLACKBOT" };
    case "bot":
      return {
        user: bot.userId,
        bot_id: bot.botId,
        app_id: bot.appId,
        bot_profile: {
          id: bot.botId,
          app_id: bot.appId,
          name: bot.name,
          deleted: false,
          team_id: team.id,
        },
      };
  }
}

function threadPayload(workspace: Workspace, message: Message): JsonObject {
  if (message.threadTs) {
    const head = workspace.messages.find(message.channel, message.threadTs);
    return {
      thread_ts: message.threadTs,
      ...(head ? { parent_user_id: authorId(workspace, head) } : {}),
      ...(message.broadcast ? { subtype: "thread_broadcast" } : {}),
    };
  }
  const replies = workspace.messages.replies(message.channel, message.ts);
  const latest = replies.at(-1);
  if (!latest) return {};
  const users = [...new Set(replies.map((reply) => authorId(workspace, reply)))];
  return {
    thread_ts: message.ts,
    reply_count: replies.length,
    reply_users_count: users.length,
    reply_users: users,
    latest_reply: latest.ts,
  };
}

export function authorId(workspace: Workspace, message: Message): string {
  if (message.author.kind === "person") return message.author.user;
  return message.author.kind === "bot" ? workspace.bot.userId : "USLACKBOT";
}

function sharedFiles(workspace: Workspace, message: Message): JsonObject[] {
  return message.fileIds.flatMap((id) => {
    const file = workspace.files.find(id);
    return file ? [filePayload(workspace, file)] : [];
  });
}
