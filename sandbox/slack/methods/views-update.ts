import { viewPayload } from "../workspace/view-payload.ts";
import { answer, type Method, refusal } from "./method.ts";
import { readView } from "./view-content.ts";

/** By its id, or by the id that the app gave it. A stale hash changes nothing. */
export const viewsUpdate: Method = {
  name: "views.update",
  scopes: [],
  acceptsJson: true,
  arguments: {
    view: { kind: "json", required: true },
    view_id: { kind: "string" },
    external_id: { kind: "string" },
    hash: { kind: "string" },
  },
  run({ workspace, arguments: given }) {
    const { views } = workspace;
    const [id, external] = [given.text("view_id"), given.text("external_id")];
    const present = id === "" ? views.findExternal(external) : views.find(id);
    if (present?.body.type !== "modal") return refusal("not_found");
    const hash = given.text("hash");
    if (hash !== "" && hash !== present.hash) return refusal("hash_conflict");
    const expected = { type: "modal" as const, present };
    const read = readView(workspace, given.json("view"), this.name, expected);
    if (read.refusal) return read.refusal;
    views.update(present, read.body);
    workspace.feed.tell({ kind: "noted" });
    return answer({ view: viewPayload(workspace, present) });
  },
};
