import { answer, type Method, refusal } from "./method.ts";
import { pageThrough } from "./page-through.ts";
import { botAsUser, userPayload } from "./users-info.ts";

/** Everybody, the deleted and the app itself too. */
export const usersList: Method = {
  name: "users.list",
  scopes: ["users:read"],
  acceptsJson: false,
  arguments: {
    cursor: { kind: "string" },
    limit: { kind: "integer" },
    include_locale: { kind: "boolean" },
  },
  run({ workspace, arguments: given }) {
    const everybody = [...workspace.users.values(), botAsUser(workspace)];
    const limit = Math.min(Math.max(given.integer("limit") ?? everybody.length, 1), 1000);
    const page = pageThrough(everybody, given.text("cursor"), limit);
    if (!page) return refusal("invalid_cursor");
    return answer({
      members: page.items.map((user) => userPayload(workspace, user)),
      cache_ts: Math.floor(workspace.now().getTime() / 1000),
      response_metadata: page.metadata,
    });
  },
};
