import { isList, isObject, type Json, type JsonObject, objectsOf } from "../../json.ts";

export interface FoundElement {
  blockId: string;
  element: JsonObject;
}

/** Everything in the blocks that can be acted on, in their order. */
export function elementsOf(blocks: Json | undefined): FoundElement[] {
  return objectsOf(blocks).flatMap((block) =>
    [...(isList(block.elements) ? block.elements : []), block.accessory, block.element]
      .filter(isObject)
      .filter((element) => typeof element.action_id === "string")
      .map((element) => ({ blockId: String(block.block_id), element })),
  );
}

/** The element of that action; of that block too, where the same action stands in several. */
export function findElement(
  blocks: Json | undefined,
  actionId: string,
  blockId?: string,
): FoundElement | undefined {
  return elementsOf(blocks).find(
    ({ element, blockId: own }) =>
      element.action_id === actionId && (blockId === undefined || own === blockId),
  );
}
