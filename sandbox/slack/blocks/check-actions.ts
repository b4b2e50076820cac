import { checkElement } from "./check-element.ts";
import { BLOCK_LIMITS } from "./limits.ts";
import { type Check, checkFields, checkItems } from "./shape.ts";

export const checkActions: Check = (block, at, report) => {
  checkFields(block, at, report, { required: ["elements"], optional: ["block_id"] });
  const most = BLOCK_LIMITS.actionElements;
  const elements = checkItems(block.elements, `${at}/elements`, report, { least: 1, most });
  for (const [index, element] of elements.entries()) {
    checkElement(element, `${at}/elements/${index}`, report);
  }
};
