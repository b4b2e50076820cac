import { viewPayload } from "../workspace/view-payload.ts";
import { answer, type Method, refusal } from "./method.ts";
import { readView } from "./view-content.ts";

/** A person's Home tab of the app. */
export const viewsPublish: Method = {
  name: "views.publish",
  scopes: [],
  acceptsJson: true,
  arguments: {
    user_id: { kind: "string", required: true },
    view: { kind: "json", required: true },
    hash: { kind: "string" },
  },
  run({ workspace, arguments: given }) {
    const { views } = workspace;
    const user = given.text("user_id");
    // Slack's word for a user it does not know; the reference does not list it.
    if (!workspace.users.has(user)) return refusal("invalid_arguments");
    if (!workspace.homeTab) return refusal("not_enabled");
    const present = views.home(user);
    const hash = given.text("hash");
    if (hash !== "" && hash !== present?.hash) return refusal("hash_conflict");
    const expected = { type: "home" as const, present };
    const read = readView(workspace, given.json("view"), this.name, expected);
    if (read.refusal) return read.refusal;
    const view = views.publish(user, read.body);
    workspace.feed.tell({ kind: "noted" });
    return answer({ view: viewPayload(workspace, view) });
  },
};
