import { viewPayload } from "../workspace/view-payload.ts";
import type { View, ViewStore } from "../workspace/view-store.ts";
import { type Answer, answer, type Call, type Method, refusal } from "./method.ts";
import { useTrigger } from "./use-trigger.ts";
import { readView } from "./view-content.ts";

/** What a method takes that shows a modal. */
export const MODAL_ARGUMENTS = {
  trigger_id: { kind: "string", required: true },
  view: { kind: "json", required: true },
} as const satisfies Method["arguments"];

/** A modal before the eyes of the one whose trigger it is; `show` gives the error where it cannot be. */
export function showModal(
  { workspace, arguments: given }: Call,
  where: string,
  show: (views: ViewStore, user: string, body: View["body"]) => View | string,
): Answer {
  const read = readView(workspace, given.json("view"), where, { type: "modal" });
  if (read.refusal) return read.refusal;
  const trigger = useTrigger(workspace, given.text("trigger_id"));
  if (trigger.refusal) return trigger.refusal;
  const view = show(workspace.views, trigger.user, read.body);
  if (typeof view === "string") return refusal(view);
  workspace.feed.tell({ kind: "noted" });
  return answer({ view: viewPayload(workspace, view) });
}
