import { isObject, type JsonObject } from "../../json.ts";
import { isStateful } from "../blocks/check-input.ts";
import { type Entered, elementState } from "../blocks/element-state.ts";
import { elementsOf, findElement } from "../blocks/find-element.ts";
import { inputFaults } from "../blocks/input-faults.ts";
import { readView } from "../methods/view-content.ts";
import { viewPayload } from "../workspace/view-payload.ts";
import type { View } from "../workspace/view-store.ts";
import type { Workspace } from "../workspace/workspace.ts";
import type { BotLine, Delivery } from "./delivery.ts";
import { triggerFor } from "./grant.ts";
import { actionOf } from "./interaction.ts";
import { interactionPayload } from "./interaction-payload.ts";

/** What stands in a view's inputs, by block and action. */
export type EnteredValues = Readonly<Record<string, Readonly<Record<string, Entered>>>>;

export interface ViewClick {
  actionId: string;
  /** Where the action stands in several blocks. */
  blockId?: string;
  /** What was chosen, where the element offers several. */
  option?: Entered;
  /** What stands in the inputs meanwhile. */
  entered?: EnteredValues;
}

/** What a person sees when they have pressed a modal's button. */
export type Submitted =
  | { kind: "closed" | "updated" | "pushed" | "cleared" }
  /** The modal stays, with words at its inputs. */
  | { kind: "errors"; errors: Readonly<Record<string, string>> }
  /** The modal stays, with words at its foot. */
  | { kind: "failed"; reason: string };

const NO_ANSWER = "We had some trouble connecting. Try again?";

/** Brings a submission to the bot, and does with the modal what its answer says. */
export async function deliverSubmission(
  line: BotLine,
  view: View,
  entered: EnteredValues,
): Promise<Submitted> {
  const { workspace } = line;
  const errors = inputFaults(view.body.blocks, entered);
  if (Object.keys(errors).length > 0) return { kind: "errors", errors };
  const answer = await line.request({
    ...viewDelivery(workspace, view, "view_submission", entered),
    takesReply: true,
  });
  if (answer.outcome !== "acknowledged") return { kind: "failed", reason: NO_ANSWER };
  const submitted = applyAnswer(workspace, view, answer.reply);
  workspace.feed.tell({ kind: "noted" });
  return submitted;
}

/** Closes a modal, or all of its person's, and tells the bot of each that wants to know. */
export async function deliverClose(line: BotLine, view: View, all: boolean): Promise<void> {
  const { workspace } = line;
  const closed = all ? [...workspace.views.stack(view.user)] : [view];
  workspace.views.close(view, all);
  workspace.feed.tell({ kind: "noted" });
  for (const one of closed.filter(({ body }) => body.notify_on_close === true)) {
    const delivery = viewDelivery(workspace, one, "view_closed", {});
    await line.request({ ...delivery, payload: { ...delivery.payload, is_cleared: all } });
  }
}

/** Brings a click inside a view to the bot. False when there is nothing to click, or no answer. */
export async function deliverViewClick(
  line: BotLine,
  view: View,
  click: ViewClick,
): Promise<boolean> {
  const { workspace } = line;
  const clicked = findElement(view.body.blocks, click.actionId, click.blockId);
  if (!clicked) return false;
  const delivery = viewDelivery(workspace, view, "block_actions", click.entered ?? {});
  const answer = await line.request({
    ...delivery,
    payload: {
      ...delivery.payload,
      container: { type: "view", view_id: view.id },
      actions: [actionOf(workspace, clicked, click.option)],
    },
  });
  return answer.outcome === "acknowledged";
}

function viewDelivery(
  workspace: Workspace,
  view: View,
  type: string,
  entered: EnteredValues,
): Delivery {
  return {
    kind: "interaction",
    payload: {
      type,
      ...interactionPayload(workspace, view.user),
      trigger_id: triggerFor(workspace, view.user),
      view: viewPayload(workspace, view, stateValues(workspace, view, entered)),
      ...(type === "view_submission" ? { response_urls: [] } : {}),
    },
    takesReply: false,
    withinMs: workspace.timing.ackMs,
  };
}

function stateValues(workspace: Workspace, view: View, entered: EnteredValues): JsonObject {
  const values: Record<string, Record<string, JsonObject>> = {};
  for (const { blockId, element } of elementsOf(view.body.blocks)) {
    if (!isStateful(element.type)) continue;
    const actionId = String(element.action_id);
    const state = elementState(element, entered[blockId]?.[actionId], workspace.optionOf);
    values[blockId] = { ...values[blockId], [actionId]: state };
  }
  return values;
}

/** `response_action` of an acknowledgement; without one the modal closes. */
function applyAnswer(workspace: Workspace, view: View, reply: JsonObject | null): Submitted {
  const { views } = workspace;
  if (reply?.response_action === undefined) {
    views.close(view, false);
    return { kind: "closed" };
  }
  switch (reply.response_action) {
    case "clear":
      views.close(view, true);
      return { kind: "cleared" };
    case "errors":
      return readErrors(workspace, view, reply.errors);
    case "update":
    case "push":
      return showNext(workspace, view, reply);
    default:
      return refuse(workspace, `response_action ${JSON.stringify(reply.response_action)}`);
  }
}

function showNext(workspace: Workspace, view: View, reply: JsonObject): Submitted {
  const isUpdate = reply.response_action === "update";
  const expected = { type: "modal" as const, present: isUpdate ? view : undefined };
  const read = readView(workspace, reply.view, "response_action", expected);
  if (read.refusal) return { kind: "failed", reason: NO_ANSWER };
  if (isUpdate) {
    workspace.views.update(view, read.body);
    return { kind: "updated" };
  }
  return workspace.views.push(view.user, read.body)
    ? { kind: "pushed" }
    : refuse(workspace, "push_limit_reached");
}

/** Slack shows errors at input blocks only, and refuses what names none. */
function readErrors(workspace: Workspace, view: View, errors: unknown): Submitted {
  const inputs = new Set(elementsOf(view.body.blocks).map(({ blockId }) => blockId));
  const named = isObject(errors) ? Object.entries(errors) : [];
  const unknown = named.find(([blockId]) => !inputs.has(blockId));
  if (named.length === 0) return refuse(workspace, "response_action errors without errors");
  if (unknown) return refuse(workspace, `an error at a block that is not there: ${unknown[0]}`);
  return {
    kind: "errors",
    errors: Object.fromEntries(named.map(([id, say]) => [id, String(say)])),
  };
}

function refuse(workspace: Workspace, what: string): Submitted {
  workspace.problems.push({ where: "view_submission", what });
  return { kind: "failed", reason: NO_ANSWER };
}
