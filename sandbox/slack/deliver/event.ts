import type { JsonObject } from "../../json.ts";
import type { Happening } from "../workspace/happening.ts";
import type { Message } from "../workspace/message.ts";
import { messagePayload } from "../workspace/message-payload.ts";
import { STRANGERS_TEAM } from "../workspace/names.ts";
import type { Workspace } from "../workspace/workspace.ts";
import type { BotLine, Delivery } from "./delivery.ts";
import { pause } from "./pause.ts";

const PLACE = { channel: "channel", group: "group", im: "im" } as const;

/** The events that a happening makes for the bot: none where it is not a member. */
export function eventsOf(workspace: Workspace, happening: Happening): JsonObject[] {
  if (happening.kind === "noted") return [];
  if (happening.kind === "shared" || happening.kind === "joined")
    return readersEvent(workspace, happening);
  const { message } = happening;
  const channel = workspace.channels.get(message.channel);
  if (!channel?.botIsMember || message.visibleTo) return [];
  const place = { channel: channel.id, channel_type: PLACE[channel.kind] };
  const shown = messagePayload(workspace, message, { metadata: true });
  switch (happening.kind) {
    case "posted":
      return [
        {
          ...clientIdOf(message),
          ...shown,
          ...place,
          ...strangerOf(workspace, message),
          event_ts: message.ts,
        },
        ...mentionOf(workspace, message, place),
      ];
    case "changed":
      return [
        revisionEvent(workspace, "message_changed", happening.before, { ...place, message: shown }),
      ];
    case "deleted":
      return [
        revisionEvent(workspace, "message_deleted", message, { ...place, deleted_ts: message.ts }),
      ];
  }
}

/** Of who reads a channel. */
function readersEvent(
  workspace: Workspace,
  happening: Extract<Happening, { kind: "shared" | "joined" }>,
): JsonObject[] {
  const channel = workspace.channels.get(happening.channel);
  if (!channel?.botIsMember) return [];
  const event_ts = workspace.nextTs();
  if (happening.kind === "shared")
    return [
      { type: "channel_shared", connected_team_id: STRANGERS_TEAM, channel: channel.id, event_ts },
    ];
  return [
    {
      type: "member_joined_channel",
      user: happening.user,
      channel: channel.id,
      channel_type: channel.kind === "group" ? "G" : "C",
      team: workspace.team.id,
      event_ts,
    },
  ];
}

/** Slack's clients give what people write an id of their own; what apps write has none. */
function clientIdOf({ author }: Message): JsonObject {
  return author.kind === "person" ? { client_msg_id: crypto.randomUUID() } : {};
}

/** Of whom another organisation sent, Slack says which it was. */
function strangerOf(workspace: Workspace, { author }: Message): JsonObject {
  if (author.kind !== "person" || !workspace.users.get(author.user)?.stranger) return {};
  return { user_team: STRANGERS_TEAM, source_team: STRANGERS_TEAM };
}

/** A change of a message is an event with a time of its own, hidden from the channel. */
function revisionEvent(
  workspace: Workspace,
  subtype: string,
  previous: Message,
  rest: JsonObject,
): JsonObject {
  const ts = workspace.nextTs();
  return {
    type: "message",
    subtype,
    hidden: true,
    ...rest,
    previous_message: messagePayload(workspace, previous, { metadata: true }),
    ts,
    event_ts: ts,
  };
}

/** `message.channels`, `message.im`, `app_mention`, ...: what the app's settings call an event. */
export function isSubscribed({ events }: Workspace, event: JsonObject): boolean {
  const kind = event.channel_type === "im" ? "im" : `${String(event.channel_type)}s`;
  return events?.has(event.type === "message" ? `message.${kind}` : String(event.type)) ?? true;
}

function mentionOf(workspace: Workspace, message: Message, place: JsonObject): JsonObject[] {
  const mentions =
    message.author.kind === "person" && message.text.includes(`<@${workspace.bot.userId}>`);
  if (!mentions || place.channel_type === "im") return [];
  const shown = messagePayload(workspace, message, { metadata: false });
  return [{ ...shown, type: "app_mention", channel: place.channel, event_ts: message.ts }];
}

/** An event on its way, under an id of its own. */
export function eventDelivery(workspace: Workspace, event: JsonObject): Delivery {
  return {
    kind: "event",
    payload: envelope(workspace, event),
    takesReply: false,
    withinMs: workspace.timing.ackMs,
  };
}

/** Delivers one event, again after each of the waits until it is acknowledged or wanted no more. */
export async function deliverEvent(line: BotLine, delivery: Delivery): Promise<void> {
  const { retryDelaysMs } = line.workspace.timing;
  let answer = await line.request(delivery);
  for (const [index, delayMs] of retryDelaysMs.entries()) {
    if (answer.outcome === "acknowledged" || answer.noRetry) return;
    const retry = { attempt: index + 1, after: answer.outcome };
    await pause(delayMs, line.stopped);
    if (line.stopped.aborted) return;
    answer = await line.request({ ...delivery, retry });
  }
}

function envelope(workspace: Workspace, event: JsonObject): JsonObject {
  const { team, bot } = workspace;
  const channel = workspace.channels.get(String(event.channel));
  return {
    token: "",
    team_id: team.id,
    context_team_id: team.id,
    context_enterprise_id: null,
    api_app_id: bot.appId,
    event,
    type: "event_callback",
    event_id: `Ev${crypto.randomUUID().replaceAll("-", "").slice(0, 10).toUpperCase()}`,
    event_time: Math.floor(workspace.now().getTime() / 1000),
    authorizations: [
      {
        enterprise_id: null,
        team_id: team.id,
        user_id: bot.userId,
        is_bot: true,
        is_enterprise_install: false,
      },
    ],
    is_ext_shared_channel: channel?.external ?? false,
    event_context: `1-${String(event.type)}-${team.id}-${channel?.id ?? ""}`,
  };
}
