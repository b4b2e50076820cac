import type { JsonObject } from "../../json.ts";
import type { Workspace } from "../workspace/workspace.ts";

/** What every interaction says: who it was, of which app and team. */
export function interactionPayload(workspace: Workspace, userId: string): JsonObject {
  const { team, bot } = workspace;
  const name = workspace.users.get(userId)?.name;
  return {
    user: { id: userId, username: name, name, team_id: team.id },
    api_app_id: bot.appId,
    token: "",
    team: { id: team.id, domain: team.domain },
    enterprise: null,
    is_enterprise_install: false,
  };
}

/** The names of direct messages are not given away. */
export function channelFor(workspace: Workspace, id: string): JsonObject {
  const channel = workspace.channels.get(id);
  return { id, name: channel?.kind === "im" ? "directmessage" : channel?.name };
}
