import { isList, isObject, type Json, type JsonObject } from "../../json.ts";
import type { Entered } from "./element-state.ts";

type EnteredByBlock = Readonly<Record<string, Readonly<Record<string, Entered>>>>;

/** What Slack's client says at inputs before it sends anything, by block. */
export function inputFaults(
  blocks: Json | undefined,
  entered: EnteredByBlock,
): Record<string, string> {
  const faults: Record<string, string> = {};
  for (const block of isList(blocks) ? blocks : []) {
    if (!isObject(block) || block.type !== "input" || !isObject(block.element)) continue;
    const blockId = String(block.block_id);
    const value = entered[blockId]?.[String(block.element.action_id)];
    const fault = faultOf(block.element, value, block.optional === true);
    if (fault) faults[blockId] = fault;
  }
  return faults;
}

function faultOf(element: JsonObject, entered: Entered, isOptional: boolean): string | null {
  const isEmpty = entered === undefined ? !hasInitial(element) : entered.length === 0;
  if (isEmpty) return isOptional ? null : "Please complete this required field.";
  if (typeof entered !== "string") return null;
  const { type, min_length: least, max_length: most } = element;
  if (typeof least === "number" && entered.length < least)
    return `Please enter at least ${least} characters.`;
  if (typeof most === "number" && entered.length > most)
    return `Please enter no more than ${most} characters.`;
  return type === "number_input" && !Number.isFinite(Number(entered))
    ? "Please enter a valid number."
    : null;
}

function hasInitial(element: JsonObject): boolean {
  return Object.entries(element).some(
    ([name, value]) => name.startsWith("initial_") && value !== "" && value !== null,
  );
}
