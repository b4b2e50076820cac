import {
  ApplicationIntegrationType,
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  type Client,
  Events,
  GatewayDispatchEvents,
  type Interaction,
  MessageFlags,
  type StringSelectMenuInteraction,
} from "discord.js";
import type { ChatHandlers, Doing, Reply } from "../../chat-connection.ts";
import { errorFields, type Log } from "../../log.ts";
import type { Destination } from "../../message.ts";
import { ok } from "../../result.ts";
import { faultFields } from "../fault-fields.ts";
import type { InFlight } from "../in-flight.ts";
import { inboxBody } from "../inbox-body.ts";
import { actionOfButton, actionOfMenu } from "./discord-actions.ts";
import type { DiscordCall } from "./discord-call.ts";
import { discordFault } from "./discord-fault.ts";
import { type DiscordMessageRead, discordMessage } from "./discord-messages.ts";
import { discordReply } from "./discord-reply.ts";
import { threadReplyOf } from "./discord-reply-in-thread.ts";
import type { Echoes } from "./echoes.ts";
import { type Guilds, kpiCommand } from "./kpi-command.ts";
import type { PlaceOf, ThreadPlace } from "./thread-of-channel.ts";

export interface Listening {
  call: DiscordCall;
  log: Log;
  handlers: ChatHandlers;
  seen: Echoes;
  placeOf: PlaceOf;
  running: InFlight;
  guilds: Guilds;
  /** Called when something that Discord told of could not be dealt with, and has to be asked for. */
  onMissed: () => void;
}

/** What the bot does about each thing that Discord delivers. */
export function listen(client: Client<true>, listening: Listening): void {
  const { running, log } = listening;
  const handled = (work: Promise<void>) => {
    running.track(work).catch((error) => log.error("discord_handler_failed", errorFields(error)));
  };
  client.on(Events.InteractionCreate, (interaction) =>
    handled(onInteraction(interaction, listening)),
  );
  // The raw event: discord.js drops a message in a thread that it does not know yet.
  client.ws.on(GatewayDispatchEvents.MessageCreate, (data: unknown) =>
    handled(onMessage(data, client.user.id, listening)),
  );
}

async function onInteraction(interaction: Interaction, listening: Listening): Promise<void> {
  const { handlers } = listening;
  if (interaction.isChatInputCommand() && interaction.commandName === kpiCommand.name) {
    const text = interaction.options.getString(kpiCommand.option) ?? "";
    await deal(interaction, listening, (doing, reply) =>
      handlers.onCommand({ ...doing, text }, reply),
    );
  } else if (interaction.isButton() || interaction.isStringSelectMenu()) {
    const { customId } = interaction;
    const action = interaction.isButton()
      ? actionOfButton(customId)
      : actionOfMenu(customId, interaction.values);
    if (action === null) return;
    // Discord lets nobody but its presser take away a message that only the presser sees.
    const dismiss = async () => ok(null);
    await deal(interaction, listening, (doing, reply) =>
      handlers.onClick({ ...doing, ...action }, { ...reply, dismiss }),
    );
  }
}

type Asked = ChatInputCommandInteraction | ButtonInteraction | StringSelectMenuInteraction;

/** Acknowledges by "is thinking", which does not stand on when nobody has said anything in the end. */
async function deal(
  interaction: Asked,
  listening: Listening,
  handle: (doing: Doing, reply: Reply) => Promise<void>,
): Promise<void> {
  const { call, log, handlers, guilds } = listening;
  if (!isServed(interaction, guilds)) return refuse(interaction, handlers, log);
  if (!(await acknowledge(interaction, log))) return;
  const place = await placeOfInteraction(interaction, listening);
  const { applicationId, token } = interaction;
  const reply = discordReply({ call, log }, { applicationId, token, place });
  let isOurs = true;
  try {
    isOurs = await handlers.inbox.put("discord", interaction.id, null);
    if (isOurs) await handle(doingOf(interaction, place), reply);
  } finally {
    // What was seen before is answered by whoever saw it, in this very place.
    if (isOurs) await reply.takeBack();
  }
}

/**
 * False: too late, or acknowledged already; the asker has been told by Discord, and the token is of no
 * use. After an answer that was lost it may be, and one that is not is noticed by who answers.
 */
async function acknowledge(interaction: Asked, log: Log): Promise<boolean> {
  const arrivedMs = performance.now();
  try {
    await interaction.deferReply();
    const ms = Math.round(performance.now() - arrivedMs);
    log.debug("acknowledged", { platform: "discord", ms });
    return true;
  } catch (error) {
    const fault = discordFault(error);
    log.warn("discord_not_acknowledged", faultFields(fault));
    return fault.kind === "ambiguous";
  }
}

async function placeOfInteraction(
  { channelId }: Asked,
  { placeOf }: Listening,
): Promise<Destination> {
  const where = await placeOf(channelId);
  if (!where.ok || where.value === null) return { platform: "discord", channel: channelId };
  return { platform: "discord", ...where.value };
}

function doingOf(interaction: Asked, { channel }: Destination): Doing {
  return {
    id: interaction.id,
    asker: { platform: "discord", user: interaction.user.id },
    place: { platform: "discord", channel },
    // Direct messages have been refused, and Discord shares no channel between servers.
    direct: false,
    external: false,
  };
}

/** Only in a server, only in those configured, and only where the server itself installed the bot. */
function isServed(interaction: Asked, guilds: Guilds): boolean {
  const { guildId, authorizingIntegrationOwners: owners } = interaction;
  if (guildId === null || (guilds !== null && !guilds.includes(guildId))) return false;
  const byUserOnly =
    owners[ApplicationIntegrationType.UserInstall] !== undefined &&
    owners[ApplicationIntegrationType.GuildInstall] === undefined;
  return !byUserOnly;
}

async function refuse(interaction: Asked, handlers: ChatHandlers, log: Log): Promise<void> {
  log.warn("discord_place_refused", { direct: interaction.guildId === null });
  const content = "This works only in the channels of the server that it was set up for.";
  await interaction.reply({ content, flags: MessageFlags.Ephemeral });
  const place = { platform: "discord", channel: interaction.channelId };
  await handlers.onTurnedAway({
    ...doingOf(interaction, place),
    direct: interaction.guildId === null,
  });
}

async function onMessage(data: unknown, selfId: string, listening: Listening): Promise<void> {
  const read = discordMessage.safeParse(data);
  if (!read.success) return;
  const found = await listening.placeOf(read.data.channel_id);
  if (!found.ok) {
    // It may have been said in a thread of ours, and Discord does not tell of it again.
    listening.log.warn("discord_place_unknown", faultFields(found.fault));
    return listening.onMissed();
  }
  const where = found.value;
  if (read.data.author.id === selfId) return noteEcho(read.data, where, listening.seen);
  if (where === null) return;
  const head = { platform: "discord", channel: where.channel, id: where.thread };
  const reply = threadReplyOf(read.data, head, selfId);
  if (reply === null) return;
  const { inbox, onThreadReply } = listening.handlers;
  if (!(await inbox.put("discord", reply.id, inboxBody({ kind: "thread_reply", reply })))) return;
  try {
    await onThreadReply(reply);
  } catch (error) {
    inbox.leave("discord", reply.id);
    throw error;
  }
  await inbox.settle("discord", reply.id);
}

function noteEcho(message: DiscordMessageRead, where: ThreadPlace | null, seen: Echoes): void {
  if (message.nonce === undefined) return;
  const place = { platform: "discord", channel: where?.channel ?? message.channel_id };
  const ref = { ...place, id: message.id };
  seen.note(String(message.nonce), where === null ? ref : { ...ref, thread: where.thread });
}
