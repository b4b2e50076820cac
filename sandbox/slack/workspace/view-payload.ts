import type { JsonObject } from "../../json.ts";
import type { View } from "./view-store.ts";
import type { Workspace } from "./workspace.ts";

/** A view as methods and interactions show it; `values` is what stands in its inputs. */
export function viewPayload(workspace: Workspace, view: View, values: JsonObject = {}): JsonObject {
  const { body } = view;
  const isHome = body.type === "home";
  return {
    id: view.id,
    team_id: workspace.team.id,
    type: body.type,
    blocks: body.blocks,
    private_metadata: body.private_metadata ?? "",
    callback_id: body.callback_id ?? "",
    external_id: body.external_id ?? "",
    state: { values },
    hash: view.hash,
    title: body.title ?? { type: "plain_text", text: "View Title", emoji: true },
    ...(isHome ? {} : { submit: body.submit ?? null, close: body.close ?? null }),
    clear_on_close: body.clear_on_close ?? false,
    notify_on_close: body.notify_on_close ?? false,
    root_view_id: view.rootId,
    previous_view_id: view.previousId,
    app_id: workspace.bot.appId,
    app_installed_team_id: workspace.team.id,
    bot_id: workspace.bot.botId,
  };
}
