import { checkBlocks } from "../blocks/check-blocks.ts";
import { VIEW_LIMITS } from "../blocks/limits.ts";
import { isList, isObject, type JsonObject } from "../json.ts";
import { answer, type Method, refusal, refusalWithFaults } from "./method.ts";

/** Keeps the view for a test to read; the page does not draw it yet. */
export const viewsOpen: Method = {
  name: "views.open",
  scopes: [],
  acceptsJson: true,
  arguments: {
    trigger_id: { kind: "string", required: true },
    view: { kind: "json", required: true },
  },
  run({ workspace, arguments: given }) {
    const view = given.json("view");
    const faults = isObject(view)
      ? viewFaults(view)
      : ["must provide an object [json-pointer:/view]"];
    if (!isObject(view) || faults.length > 0) {
      for (const fault of faults) workspace.problems.push({ where: this.name, what: fault });
      return refusalWithFaults("invalid_arguments", faults);
    }
    switch (workspace.grants.useTrigger(given.text("trigger_id"), workspace.now())) {
      case "valid":
        break;
      case "expired":
        return refusal("expired_trigger_id");
      case "exchanged":
        return refusal("exchanged_trigger_id");
      case "unknown":
        return refusal("invalid_trigger_id");
    }
    const id = `V0${String(workspace.views.length + 1).padStart(6, "0")}`;
    workspace.views.push({ id, view });
    workspace.feed.tell({ kind: "noted" });
    return answer({
      view: { ...view, id, team_id: workspace.team.id, app_id: workspace.bot.appId },
    });
  },
};

function viewFaults(view: JsonObject): string[] {
  const faults: string[] = [];
  if (view.type !== "modal")
    faults.push("unsupported type: must be modal [json-pointer:/view/type]");
  for (const part of ["title", "submit", "close"] as const) {
    const text = isObject(view[part]) ? view[part].text : undefined;
    if (part === "title" && typeof text !== "string") {
      faults.push("missing required field: title [json-pointer:/view]");
    }
    if (typeof text === "string" && text.length > VIEW_LIMITS.title) {
      faults.push(
        `must be less than ${VIEW_LIMITS.title + 1} characters [json-pointer:/view/${part}/text]`,
      );
    }
  }
  const { blocks, private_metadata } = view;
  if (
    typeof private_metadata === "string" &&
    private_metadata.length > VIEW_LIMITS.privateMetadata
  ) {
    faults.push("must be less than 3001 characters [json-pointer:/view/private_metadata]");
  }
  if (!isList(blocks) || !blocks.every(isObject)) {
    return [...faults, "missing required field: blocks [json-pointer:/view]"];
  }
  const checked = checkBlocks(blocks, () => true, {
    root: "/view/blocks",
    most: VIEW_LIMITS.blocks,
  });
  return [...faults, ...checked.faults];
}
