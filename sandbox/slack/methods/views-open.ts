import { viewPayload } from "../workspace/view-payload.ts";
import { answer, type Method } from "./method.ts";
import { useTrigger } from "./use-trigger.ts";
import { readView } from "./view-content.ts";

/** A modal before the eyes of the one whose trigger it is. */
export const viewsOpen: Method = {
  name: "views.open",
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
    const view = workspace.views.open(trigger.user, read.body);
    workspace.feed.tell({ kind: "noted" });
    return answer({ view: viewPayload(workspace, view) });
  },
};
