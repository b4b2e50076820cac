import { isList, isObject, type JsonObject, objectsOf } from "../../json.ts";
import { keepNewest } from "../../keep-newest.ts";
import { findElement } from "../blocks/find-element.ts";
import { messagePayload } from "../workspace/message-payload.ts";
import { viewPayload } from "../workspace/view-payload.ts";
import type { Workspace } from "../workspace/workspace.ts";
import type { BotLine } from "./delivery.ts";
import { messageContainer } from "./interaction.ts";
import { channelFor, interactionPayload } from "./interaction-payload.ts";

/** Typing in an external menu, in a view or in a message. */
export interface Typing {
  user: string;
  place: { view: string } | { channel: string; message: string };
  actionId: string;
  blockId?: string;
  /** What has been typed so far. */
  value: string;
}

/** Of so many options that were offered it is known what they say. */
const MOST_SUGGESTED = 5_000;

/** The options that the bot offers; null when it did not answer, or offered none that are options. */
export async function deliverSuggestion(
  line: BotLine,
  typing: Typing,
): Promise<JsonObject[] | null> {
  const { workspace } = line;
  const found = placeOf(workspace, typing);
  if (!found) return null;
  const answer = await line.request({
    kind: "interaction",
    payload: {
      type: "block_suggestion",
      ...interactionPayload(workspace, typing.user),
      ...found.payload,
      action_id: typing.actionId,
      block_id: found.blockId,
      value: typing.value,
    },
    takesReply: true,
    withinMs: workspace.timing.ackMs,
  });
  if (answer.outcome !== "acknowledged") return null;
  const offered = offeredIn(answer.reply);
  if (!offered)
    workspace.problems.push({ where: "block_suggestion", what: "an answer without options" });
  for (const option of offered ?? []) workspace.suggested.set(String(option.value), option);
  keepNewest(workspace.suggested, MOST_SUGGESTED);
  return offered;
}

function placeOf(workspace: Workspace, typing: Typing) {
  const { place, actionId } = typing;
  if ("view" in place) {
    const view = workspace.views.find(place.view);
    const found = view && findElement(view.body.blocks, actionId, typing.blockId);
    if (!found) return null;
    const container = { type: "view", view_id: view.id };
    return { blockId: found.blockId, payload: { container, view: viewPayload(workspace, view) } };
  }
  const message = workspace.messages.find(place.channel, place.message);
  const found = message && findElement(message.blocks, actionId, typing.blockId);
  if (!found) return null;
  const payload = {
    ...messageContainer(place, message),
    channel: channelFor(workspace, place.channel),
    message: messagePayload(workspace, message, { metadata: true }),
  };
  return { blockId: found.blockId, payload };
}

/** Options, or the options of groups one after the other; at most a hundred. */
function offeredIn(reply: JsonObject | null): JsonObject[] | null {
  if (isList(reply?.options)) return reply.options.filter(isObject).slice(0, 100);
  if (!isList(reply?.option_groups)) return null;
  return reply.option_groups
    .filter(isObject)
    .flatMap(({ options }) => objectsOf(options))
    .slice(0, 100);
}
