import { typeOfName } from "../../http/download.ts";
import type { JsonObject } from "../../json.ts";
import type { Attachment, Message } from "./message.ts";
import { EVERYTHING, overwritesFor } from "./permissions.ts";
import type { Channel, Server } from "./server.ts";
import { timeOf } from "./snowflakes.ts";

export function userPayload(server: Server, id: string): JsonObject {
  const user = server.users.get(id);
  return {
    id,
    username: user?.name ?? id,
    global_name: user?.name ?? null,
    discriminator: "0",
    avatar: null,
    bot: user?.bot === true,
  };
}

/** `withNonce`: for the answer to the post and for the gateway; a message that is read has none. */
export function messagePayload(
  server: Server,
  message: Message,
  origin: string,
  withNonce = false,
): JsonObject {
  return {
    id: message.id,
    channel_id: message.channel,
    type: message.type,
    author: userPayload(server, message.author),
    content: message.content,
    embeds: message.embeds,
    components: message.components,
    attachments: message.attachments.map((attachment) => attachmentPayload(attachment, origin)),
    mentions: [],
    mention_roles: [],
    mention_everyone: false,
    pinned: false,
    tts: false,
    flags: message.flags,
    timestamp: timeOf(message.id).toISOString(),
    edited_timestamp: message.edited ? server.now().toISOString() : null,
    ...(withNonce && message.nonce !== null ? { nonce: message.nonce } : {}),
    ...askedPayload(server, message),
  };
}

function attachmentPayload(
  { id, filename, description, bytes }: Attachment,
  origin: string,
): JsonObject {
  const url = `${origin}/attachments/${id}/${encodeURIComponent(filename)}`;
  const size = bytes.length;
  const content_type = typeOfName(filename) || "application/octet-stream";
  return { id, filename, description, size, content_type, url, proxy_url: url };
}

/** Of an answer to a command or a click: who asked. */
function askedPayload(server: Server, { id, askedBy }: Message): JsonObject {
  if (askedBy === null) return {};
  const user = userPayload(server, askedBy);
  const authorizing_integration_owners = { 0: server.guild.id };
  return { interaction_metadata: { id, type: 2, user, authorizing_integration_owners } };
}

export function channelPayload(server: Server, channel: Channel): JsonObject {
  const { id, name, parent, recipient } = channel;
  if (recipient !== null) return { id, type: 1, recipients: [userPayload(server, recipient)] };
  const common = {
    id,
    name,
    guild_id: server.guild.id,
    parent_id: parent,
    permission_overwrites: overwritesFor(server, channel),
  };
  if (parent === null)
    return { ...common, type: 0, position: 0, nsfw: false, topic: channel.topic || null };
  return {
    ...common,
    type: 11,
    owner_id: server.bot.id,
    message_count: server.messages.count(id),
    member_count: 1,
    rate_limit_per_user: 0,
    thread_metadata: {
      archived: channel.archived,
      auto_archive_duration: channel.archiveAfterMinutes,
      archive_timestamp: channel.activeAt.toISOString(),
      create_timestamp: timeOf(id).toISOString(),
      locked: channel.locked,
    },
  };
}

export function memberPayload(server: Server, user: string): JsonObject {
  const joined_at = "2024-01-01T00:00:00.000Z";
  return {
    user: userPayload(server, user),
    roles: [],
    joined_at,
    deaf: false,
    mute: false,
    flags: 0,
  };
}

/** What a server has that nobody has changed anything about. */
const PLAIN_GUILD = {
  presences: [],
  voice_states: [],
  stage_instances: [],
  guild_scheduled_events: [],
  premium_tier: 0,
  preferred_locale: "en-US",
  system_channel_flags: 0,
  nsfw_level: 0,
  verification_level: 0,
  default_message_notifications: 0,
  explicit_content_filter: 0,
  mfa_level: 0,
  joined_at: "2024-01-01T00:00:00.000Z",
  large: false,
} as const;

/** The role of everybody has the id of its server. */
function everybody(id: string): JsonObject {
  return {
    id,
    name: "@everyone",
    permissions: EVERYTHING,
    position: 0,
    color: 0,
    hoist: false,
    managed: false,
    mentionable: false,
    flags: 0,
  };
}

/** What the gateway tells of the server when the bot connects. */
export function guildPayload(server: Server): JsonObject {
  const { guild, bot } = server;
  const channels = [...server.channels.values()];
  return {
    id: guild.id,
    name: guild.name,
    unavailable: false,
    owner_id: [...server.users.keys()][0] ?? bot.id,
    member_count: server.users.size,
    roles: [everybody(guild.id)],
    emojis: [],
    stickers: [],
    features: [],
    channels: channels
      .filter(({ parent, recipient }) => parent === null && recipient === null)
      .map((channel) => channelPayload(server, channel)),
    threads: channels
      .filter(({ parent, archived }) => parent !== null && !archived)
      .map((channel) => channelPayload(server, channel)),
    members: [memberPayload(server, bot.id)],
    ...PLAIN_GUILD,
  };
}
