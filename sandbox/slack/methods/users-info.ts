import type { JsonObject } from "../../json.ts";
import { STRANGERS_TEAM } from "../workspace/names.ts";
import type { User, Workspace } from "../workspace/workspace.ts";
import { answer, type Method, refusal } from "./method.ts";

export const usersInfo: Method = {
  name: "users.info",
  scopes: ["users:read"],
  acceptsJson: false,
  arguments: {
    user: { kind: "string", required: true },
    include_locale: { kind: "boolean" },
  },
  run({ workspace, arguments: given }) {
    const id = given.text("user");
    if (id === workspace.bot.userId)
      return answer({ user: userPayload(workspace, botAsUser(workspace)) });
    const user = workspace.users.get(id);
    if (!user) return refusal("user_not_found");
    return answer({ user: userPayload(workspace, user) });
  },
};

export function botAsUser({ bot }: Workspace): User {
  const name = bot.name.toLowerCase();
  return {
    id: bot.userId,
    name,
    realName: bot.name,
    guest: null,
    stranger: false,
    deleted: false,
    bot: true,
  };
}

export function userPayload(workspace: Workspace, user: User): JsonObject {
  return {
    id: user.id,
    team_id: user.stranger ? STRANGERS_TEAM : workspace.team.id,
    name: user.name,
    real_name: user.realName,
    deleted: user.deleted,
    tz: workspace.timeZone,
    profile: { real_name: user.realName, display_name: user.name },
    is_admin: false,
    is_owner: false,
    is_restricted: user.guest !== null,
    is_ultra_restricted: user.guest === "single_channel",
    is_stranger: user.stranger,
    is_bot: user.bot,
    is_app_user: false,
    updated: 0,
  };
}
