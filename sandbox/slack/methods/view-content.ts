import { isList, isObject, type Json, type JsonObject, objectsOf } from "../../json.ts";
import { assignBlockIds } from "../blocks/assign-block-ids.ts";
import { checkBlocks } from "../blocks/check-blocks.ts";
import { VIEW_LIMITS } from "../blocks/limits.ts";
import type { View } from "../workspace/view-store.ts";
import type { Workspace } from "../workspace/workspace.ts";
import { type Answer, refusal, refusalWithFaults } from "./method.ts";

type ReadView = { body: JsonObject; refusal: null } | { body: null; refusal: Answer };

/**
 * A view held against Slack's rules, with the ids that Slack gives. `present` is the one that it
 * takes the place of, and may share the external id of. `where` names the way in problems.
 */
export function readView(
  workspace: Workspace,
  sent: Json | undefined,
  where: string,
  expected: { type: "modal" | "home"; present?: View | undefined },
): ReadView {
  const faults = isObject(sent)
    ? viewFaults(sent, expected.type)
    : ["must provide an object [json-pointer:/view]"];
  if (!isObject(sent) || faults.length > 0) {
    for (const fault of faults) workspace.problems.push({ where, what: fault });
    return { body: null, refusal: refusalWithFaults("invalid_arguments", faults) };
  }
  if (JSON.stringify(sent).length > VIEW_LIMITS.bytes)
    return noted(workspace, where, "view_too_large");
  const { external_id } = sent;
  const other = typeof external_id === "string" && external_id !== "" ? external_id : null;
  const holder = other === null ? undefined : workspace.views.findExternal(other);
  if (holder && holder !== expected.present)
    return noted(workspace, where, "duplicate_external_id");
  const blocks = objectsOf(sent.blocks);
  return { body: { ...sent, blocks: assignBlockIds(blocks) }, refusal: null };
}

function noted(workspace: Workspace, where: string, error: string): ReadView {
  workspace.problems.push({ where, what: error });
  return { body: null, refusal: refusal(error) };
}

function viewFaults(view: JsonObject, type: "modal" | "home"): string[] {
  const faults: string[] = [];
  if (view.type !== type)
    faults.push(`unsupported type: must be ${type} [json-pointer:/view/type]`);
  const { blocks, private_metadata, callback_id } = view;
  if (type === "modal") faults.push(...frameFaults(view));
  if (isTooLong(private_metadata, VIEW_LIMITS.privateMetadata))
    faults.push("must be less than 3001 characters [json-pointer:/view/private_metadata]");
  if (isTooLong(callback_id, VIEW_LIMITS.callbackId))
    faults.push("must be less than 256 characters [json-pointer:/view/callback_id]");
  if (!isList(blocks) || !blocks.every(isObject))
    return [...faults, "missing required field: blocks [json-pointer:/view]"];
  const checked = checkBlocks(blocks, () => true, {
    root: "/view/blocks",
    most: VIEW_LIMITS.blocks,
  });
  return [...faults, ...checked.faults];
}

/** The title and the buttons of a modal; one with inputs can be submitted. */
function frameFaults(view: JsonObject): string[] {
  const faults: string[] = [];
  for (const part of ["title", "submit", "close"] as const) {
    const text = isObject(view[part]) ? view[part].text : undefined;
    if (part === "title" && typeof text !== "string")
      faults.push("missing required field: title [json-pointer:/view]");
    if (isTooLong(text, VIEW_LIMITS.title))
      faults.push(
        `must be less than ${VIEW_LIMITS.title + 1} characters [json-pointer:/view/${part}/text]`,
      );
  }
  const hasInput =
    isList(view.blocks) && view.blocks.some((block) => isObject(block) && block.type === "input");
  if (hasInput && view.submit === undefined)
    faults.push("missing required field: submit [json-pointer:/view]");
  return faults;
}

function isTooLong(text: Json | undefined, most: number): boolean {
  return typeof text === "string" && text.length > most;
}
