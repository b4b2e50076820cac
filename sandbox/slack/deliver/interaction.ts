import { isList, isObject, type JsonObject } from "../json.ts";
import type { Message } from "../workspace/message.ts";
import { messagePayload } from "../workspace/message-payload.ts";
import { tellAlone } from "./command.ts";
import type { BotLine } from "./delivery.ts";
import { grantFor } from "./grant.ts";

export interface Click {
  channel: string;
  user: string;
  /** The ts of the message. */
  message: string;
  actionId: string;
  /** The value of the option that is chosen, where the element offers several. */
  option?: string;
}

interface Clicked {
  blockId: string;
  element: JsonObject;
}

/** Brings a click to the bot. Returns false when there is nothing to click. */
export async function deliverClick(line: BotLine, click: Click): Promise<boolean> {
  const { workspace, origin } = line;
  const message = workspace.messages.find(click.channel, click.message);
  const clicked = message ? findElement(message, click.actionId) : null;
  if (!message || !clicked) return false;
  const granted = grantFor(workspace, origin, {
    channel: click.channel,
    user: click.user,
    original: message.ts,
    threadTs: message.threadTs,
  });
  const payload = {
    ...clickPayload(line, click, message),
    ...granted,
    actions: [actionOf(clicked, click, line)],
  };
  const answer = await line.request({
    kind: "interaction",
    payload,
    takesReply: false,
    withinMs: workspace.timing.ackMs,
  });
  // Slack shows a small warning beside the button; here it is a message for the one who clicked.
  if (answer.outcome !== "acknowledged") {
    tellAlone(workspace, click, "This app responded with an error or did not respond in time.");
  }
  return true;
}

function findElement(message: Message, actionId: string): Clicked | null {
  for (const block of message.blocks) {
    const elements = isList(block.elements) ? block.elements : [];
    const element = [...elements, block.accessory].find(
      (one) => isObject(one) && one.action_id === actionId,
    );
    if (isObject(element)) return { blockId: String(block.block_id), element };
  }
  return null;
}

function actionOf({ blockId, element }: Clicked, click: Click, line: BotLine): JsonObject {
  const common = {
    type: element.type,
    action_id: element.action_id,
    block_id: blockId,
    action_ts: line.workspace.nextTs(),
  };
  if (element.type === "button") {
    return { ...common, text: element.text, value: element.value, style: element.style };
  }
  const options = isList(element.options) ? element.options : [];
  const chosen = options.find((option) => isObject(option) && option.value === click.option);
  return { ...common, selected_option: chosen ?? null };
}

function clickPayload({ workspace }: BotLine, click: Click, message: Message): JsonObject {
  const { team, bot } = workspace;
  const user = workspace.users.get(click.user);
  const channel = workspace.channels.get(click.channel);
  return {
    type: "block_actions",
    user: { id: click.user, username: user?.name, name: user?.name, team_id: team.id },
    api_app_id: bot.appId,
    token: "",
    container: {
      type: "message",
      message_ts: message.ts,
      channel_id: click.channel,
      is_ephemeral: message.visibleTo !== null,
      ...(message.threadTs ? { thread_ts: message.threadTs } : {}),
    },
    team: { id: team.id, domain: team.domain },
    enterprise: null,
    is_enterprise_install: false,
    channel: { id: click.channel, name: channel?.kind === "im" ? "directmessage" : channel?.name },
    // Of an ephemeral message Slack gives the address only, not what it says.
    ...(message.visibleTo
      ? {}
      : { message: messagePayload(workspace, message, { metadata: true }) }),
    state: { values: {} },
  };
}
