import { isList, isObject, type JsonObject } from "../../json.ts";

/** Gives every block, and everything in it that acts, the id that Slack gives where none was sent. */
export function assignBlockIds(blocks: readonly JsonObject[]): JsonObject[] {
  return blocks.map((block) => ({
    ...block,
    block_id: block.block_id ?? newId(),
    ...(block.type === "actions" && isList(block.elements)
      ? {
          elements: block.elements.map((element) =>
            isObject(element) ? withActionId(element) : element,
          ),
        }
      : {}),
    ...(isObject(block.element) ? { element: withActionId(block.element) } : {}),
    ...(isObject(block.accessory) ? { accessory: withActionId(block.accessory) } : {}),
  }));
}

function withActionId(element: JsonObject): JsonObject {
  return element.type === "image"
    ? element
    : { ...element, action_id: element.action_id ?? newId() };
}

/** Five characters of Slack's alphabet. */
function newId(): string {
  return Buffer.from(crypto.getRandomValues(new Uint8Array(4)))
    .toString("base64url")
    .slice(0, 5);
}
