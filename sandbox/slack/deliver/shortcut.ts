import { messagePayload } from "../workspace/message-payload.ts";
import { tellAlone } from "./command.ts";
import type { BotLine } from "./delivery.ts";
import { grantFor } from "./grant.ts";
import { channelFor, interactionPayload } from "./interaction-payload.ts";

export interface UsedShortcut {
  channel: string;
  user: string;
  /** The ts of the message whose menu it was chosen from. */
  message: string;
  callbackId: string;
}

/** Brings a message shortcut to the bot. False when there is no such message or shortcut. */
export async function deliverShortcut(line: BotLine, used: UsedShortcut): Promise<boolean> {
  const { workspace, origin } = line;
  const message = workspace.messages.find(used.channel, used.message);
  const isKnown = workspace.shortcuts.some(({ callbackId }) => callbackId === used.callbackId);
  if (!message || message.visibleTo || !isKnown) return false;
  const granted = grantFor(workspace, origin, {
    channel: used.channel,
    user: used.user,
    original: null,
    threadTs: message.threadTs,
  });
  const answer = await line.request({
    kind: "interaction",
    payload: {
      type: "message_action",
      ...interactionPayload(workspace, used.user),
      ...granted,
      callback_id: used.callbackId,
      action_ts: workspace.nextTs(),
      message_ts: message.ts,
      channel: channelFor(workspace, used.channel),
      message: messagePayload(workspace, message, { metadata: true }),
    },
    takesReply: false,
    withinMs: workspace.timing.ackMs,
  });
  if (answer.outcome !== "acknowledged") {
    tellAlone(workspace, used, "This app responded with an error or did not respond in time.");
  }
  return true;
}
