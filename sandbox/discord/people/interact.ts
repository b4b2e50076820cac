import type { JsonObject } from "../../json.ts";
import { keepNewest } from "../../keep-newest.ts";
import { waitFor } from "../../wait-for.ts";
import { INTERACTION_TYPES, type Interaction } from "../server/interaction.ts";
import { channelPayload, memberPayload } from "../server/payloads.ts";
import { botPermissions, EVERYTHING } from "../server/permissions.ts";
import type { Server } from "../server/server.ts";

const MOST_INTERACTIONS = 5_000;
const MOST_ACKS = 20_000;

export interface Doing {
  kind: Interaction["kind"];
  channel: string;
  user: string;
  /** The message whose button or menu it is. */
  source?: string | null;
  /** Where it is done; the sandbox's server unless it says otherwise. Null: a direct message. */
  guild?: string | null | undefined;
  /** Done with the app that the person installed for themselves, and the server did not. */
  byUser?: boolean | undefined;
}

/** Tells the bot what a person does; resolves when it has been answered first, or given up. */
export async function interact(
  server: Server,
  doing: Doing,
  payload: JsonObject,
): Promise<Interaction> {
  const interaction: Interaction = {
    id: server.nextId(),
    token: `token-${server.nextId()}`,
    kind: doing.kind,
    user: doing.user,
    channel: doing.channel,
    createdAt: server.now().getTime(),
    source: doing.source ?? null,
    original: null,
    acknowledged: false,
    choices: [],
  };
  const guild = doing.guild === undefined ? server.guild.id : doing.guild;
  const from = { guild, byUser: doing.byUser ?? guild === null };
  const told = { ...interactionPayload(server, interaction, from), ...payload };
  server.interactions.set(interaction.token, interaction);
  keepNewest(server.interactions, MOST_INTERACTIONS);
  const began = performance.now();
  server.feed.tell({ kind: "dispatch", event: "INTERACTION_CREATE", data: told });
  const outcome = await waitFor(
    server.feed,
    () => interaction.acknowledged,
    server.timing.ackMs,
  ).then(
    () => "acknowledged" as const,
    () => "timeout" as const,
  );
  server.acks.push({ kind: doing.kind, outcome, ms: performance.now() - began });
  keepNewest(server.acks, MOST_ACKS);
  server.feed.tell({ kind: "noted" });
  return interaction;
}

/** What every interaction says of where it comes from: a server that installed the bot, or a person. */
function interactionPayload(
  server: Server,
  { id, token, kind, user, channel }: Interaction,
  { guild, byUser }: { guild: string | null; byUser: boolean },
): JsonObject {
  const place = server.channels.get(channel);
  if (!place) throw new Error(`no channel ${channel}`);
  const member = memberPayload(server, user);
  const from =
    guild === null
      ? { user: member.user, context: 1 }
      : {
          guild_id: guild,
          member: { ...member, permissions: EVERYTHING },
          context: 0,
        };
  return {
    id,
    token,
    type: INTERACTION_TYPES[kind],
    version: 1,
    application_id: server.bot.applicationId,
    channel_id: channel,
    channel: channelPayload(server, place),
    entitlements: [],
    locale: "en-GB",
    app_permissions: botPermissions(server, place),
    attachment_size_limit: 10_485_760,
    authorizing_integration_owners: byUser ? { 1: user } : { 0: guild },
    ...from,
  };
}
