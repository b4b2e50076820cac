import type { JsonObject } from "../../json.ts";
import { type Entered, elementState } from "../blocks/element-state.ts";
import { type FoundElement, findElement } from "../blocks/find-element.ts";
import type { Message } from "../workspace/message.ts";
import { messagePayload } from "../workspace/message-payload.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { tellAlone } from "./command.ts";
import type { BotLine } from "./delivery.ts";
import { grantFor } from "./grant.ts";
import { channelFor, interactionPayload } from "./interaction-payload.ts";

export interface Click {
  channel: string;
  user: string;
  /** The ts of the message. */
  message: string;
  actionId: string;
  /** Where the action stands in several blocks. */
  blockId?: string;
  /** What was chosen, where the element offers several. */
  option?: Entered;
}

/** Brings a click to the bot. Returns false when there is nothing to click. */
export async function deliverClick(line: BotLine, click: Click): Promise<boolean> {
  const { workspace, origin } = line;
  const message = workspace.messages.find(click.channel, click.message);
  const clicked = message && findElement(message.blocks, click.actionId, click.blockId);
  if (!clicked) return false;
  const granted = grantFor(workspace, origin, {
    channel: click.channel,
    user: click.user,
    original: message.ts,
    threadTs: message.threadTs,
  });
  const answer = await line.request({
    kind: "interaction",
    payload: {
      ...clickPayload(workspace, click, message),
      ...granted,
      actions: [actionOf(workspace, clicked, click.option)],
    },
    takesReply: false,
    withinMs: workspace.timing.ackMs,
  });
  // Slack shows a small warning beside the button; here it is a message for the one who clicked.
  if (answer.outcome !== "acknowledged") {
    tellAlone(workspace, click, "This app responded with an error or did not respond in time.");
  }
  return true;
}

/** One entry of `actions`: what was clicked, and with which value. */
export function actionOf(
  workspace: Workspace,
  { blockId, element }: FoundElement,
  entered: Entered,
): JsonObject {
  const common = {
    type: element.type,
    action_id: element.action_id,
    block_id: blockId,
    action_ts: workspace.nextTs(),
  };
  if (element.type === "button") {
    return { ...common, text: element.text, value: element.value, style: element.style };
  }
  return { ...common, ...elementState(element, entered ?? "", workspace.optionOf) };
}

function clickPayload(workspace: Workspace, click: Click, message: Message): JsonObject {
  return {
    type: "block_actions",
    ...interactionPayload(workspace, click.user),
    ...messageContainer(click, message),
    channel: channelFor(workspace, click.channel),
    // Of an ephemeral message Slack gives the address only, not what it says.
    ...(message.visibleTo
      ? {}
      : { message: messagePayload(workspace, message, { metadata: true }) }),
    state: { values: {} },
  };
}

/** Where the element stands. */
export function messageContainer(place: { channel: string }, message: Message): JsonObject {
  return {
    container: {
      type: "message",
      message_ts: message.ts,
      channel_id: place.channel,
      is_ephemeral: message.visibleTo !== null,
      ...(message.threadTs ? { thread_ts: message.threadTs } : {}),
    },
  };
}
