import { viewPayload } from "../workspace/view-payload.ts";
import { answer, type Method, refusal } from "./method.ts";
import { useTrigger } from "./use-trigger.ts";
import { readView } from "./view-content.ts";

/** A modal on top of the one that the trigger came from. */
export const viewsPush: Method = {
  name: "views.push",
  scopes: [],
  acceptsJson: true,
  arguments: {
    trigger_id: { kind: "string", required: true },
    view: { kind: "json", required: true },
  },
  run({ workspace, arguments: given }) {
    const read = readView(workspace, given.json("view"), this.name, { type: "modal" });
    if (read.refusal) return read.refusal;
    const trigger = useTrigger(workspace, given.text("trigger_id"));
    if (trigger.refusal) return trigger.refusal;
    if (workspace.views.stack(trigger.user).length === 0) return refusal("not_found");
    const view = workspace.views.push(trigger.user, read.body);
    if (!view) return refusal("push_limit_reached");
    workspace.feed.tell({ kind: "noted" });
    return answer({ view: viewPayload(workspace, view) });
  },
};
