import { checkImageElement } from "./check-image.ts";
import { checkText } from "./check-text.ts";
import { BLOCK_LIMITS } from "./limits.ts";
import { type Check, checkFields, checkItems } from "./shape.ts";

/** Text and small images; text of 3,000 characters, as in a section. */
export const checkContext: Check = (block, at, report) => {
  checkFields(block, at, report, { required: ["elements"], optional: ["block_id"] });
  const most = BLOCK_LIMITS.contextElements;
  const elements = checkItems(block.elements, `${at}/elements`, report, { least: 1, most });
  for (const [index, element] of elements.entries()) {
    const place = `${at}/elements/${index}`;
    if (element.type === "image") checkImageElement(element, place, report);
    else checkText(element, place, report, { most: BLOCK_LIMITS.contextText });
  }
};
