import { waitFor } from "../wait-for.ts";
import { type JsonObject, objectsOf, textOf } from "./json.ts";
import { channelPayload, memberPayload, messagePayload } from "./server/payloads.ts";
import { post } from "./server/post.ts";
import type { Ack, Interaction, Server } from "./server/server.ts";

/** The id of the message. */
export function say(
  server: Server,
  origin: string,
  typed: { channel: string; user: string; text: string },
): string {
  if (!server.channels.has(typed.channel)) throw new Error(`no channel ${typed.channel}`);
  if (!server.users.has(typed.user)) throw new Error(`no person ${typed.user}`);
  return post(server, origin, { channel: typed.channel, author: typed.user, content: typed.text })
    .id;
}

export interface TypedCommand {
  channel: string;
  user: string;
  /** `/kpi` and what follows it. */
  text: string;
  /** Where it is typed; the sandbox's server unless it says otherwise. Null: a direct message. */
  guild?: string | null;
}

/** Sends a command to the bot; resolves when it has been answered first, or given up. */
export function runCommand(server: Server, typed: TypedCommand): Promise<void> {
  const [, name = "", ask = ""] = /^\/(\S+)\s*([\s\S]*)$/.exec(typed.text) ?? [];
  const command = server.commands.find((declared) => declared.name === name);
  if (!command) throw new Error(`no command /${name} is declared`);
  const option = textOf(objectsOf(command.options)[0]?.name);
  const options = ask === "" ? [] : [{ name: option, type: 3, value: ask }];
  const data = { id: server.nextId(), name, type: 1, options };
  return interact(server, "command", typed, { type: 2, data });
}

/** Clicks a button by its label. */
export function click(
  server: Server,
  origin: string,
  on: { message: string; user: string; label: string },
): Promise<void> {
  const message = server.messages.get(on.message);
  const buttons = message?.components.flatMap((row) => objectsOf(row.components)) ?? [];
  const button = buttons.find((one) => one.label === on.label);
  if (!message || !button) throw new Error(`nothing to click: ${on.label} on ${on.message}`);
  const data = { component_type: 2, custom_id: textOf(button.custom_id) };
  const payload = { type: 3, data, message: messagePayload(server, message, origin) };
  return interact(server, "click", { channel: message.channel, user: on.user }, payload);
}

async function interact(
  server: Server,
  kind: Ack["kind"],
  by: { channel: string; user: string; guild?: string | null },
  payload: JsonObject,
): Promise<void> {
  const interaction: Interaction = {
    id: server.nextId(),
    token: `token-${server.nextId()}`,
    user: by.user,
    channel: by.channel,
    createdAt: server.now().getTime(),
    original: null,
    acknowledged: false,
  };
  const guild = by.guild === undefined ? server.guild.id : by.guild;
  server.interactions.set(interaction.token, interaction);
  const began = performance.now();
  const data = { ...interactionPayload(server, interaction, guild), ...payload };
  server.feed.tell({ kind: "dispatch", event: "INTERACTION_CREATE", data });
  const outcome = await waitFor(
    server.feed,
    () => interaction.acknowledged,
    server.timing.ackMs,
  ).then(
    () => "acknowledged" as const,
    () => "timeout" as const,
  );
  server.acks.push({ kind, outcome, ms: performance.now() - began });
  server.feed.tell({ kind: "noted" });
}

/** What every interaction says of where it comes from: a server that installed the bot, or a person. */
function interactionPayload(
  server: Server,
  { id, token, user, channel }: Interaction,
  guild: string | null,
): JsonObject {
  const place = server.channels.get(channel);
  if (!place) throw new Error(`no channel ${channel}`);
  const member = memberPayload(server, user);
  const from =
    guild === null
      ? { user: member.user, context: 1, authorizing_integration_owners: { 1: user } }
      : {
          guild_id: guild,
          member: { ...member, permissions: "2147483647" },
          context: 0,
          authorizing_integration_owners: { 0: guild },
        };
  return {
    id,
    token,
    version: 1,
    application_id: server.bot.applicationId,
    channel_id: channel,
    channel: channelPayload(server, place),
    entitlements: [],
    locale: "en-GB",
    app_permissions: "2147483647",
    attachment_size_limit: 10_485_760,
    ...from,
  };
}
