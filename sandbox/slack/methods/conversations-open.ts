import { openDirectMessage } from "../workspace/direct-message.ts";
import { answer, type Method, refusal } from "./method.ts";

/** Direct messages with one person; a group of several is not known here. */
export const conversationsOpen: Method = {
  name: "conversations.open",
  scopes: ["channels:manage", "groups:write", "im:write", "mpim:write"],
  acceptsJson: true,
  arguments: {
    users: { kind: "string" },
    channel: { kind: "string" },
    return_im: { kind: "boolean" },
    prevent_creation: { kind: "boolean" },
  },
  run({ workspace, arguments: given }) {
    if (given.text("channel") !== "") {
      const known = workspace.channels.get(given.text("channel"));
      return known?.kind === "im"
        ? answer({ channel: { id: known.id } })
        : refusal("channel_not_found");
    }
    const ids = given.text("users").split(",").filter(Boolean);
    const [id] = ids;
    if (!id) return refusal("users_list_not_supplied");
    if (ids.length > 1) {
      workspace.problems.push({ where: this.name, what: "a direct message of several people" });
      return refusal("too_many_users");
    }
    const user = workspace.users.get(id);
    if (!user) return refusal("user_not_found");
    if (user.deleted) return refusal("user_disabled");
    const channel = openDirectMessage(workspace, id);
    const body = { id: channel.id, ...(given.flag("return_im") ? { is_im: true, user: id } : {}) };
    return answer({ channel: body });
  },
};
