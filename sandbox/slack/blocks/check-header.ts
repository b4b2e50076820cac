import { checkText } from "./check-text.ts";
import { BLOCK_LIMITS } from "./limits.ts";
import { type Check, checkFields } from "./shape.ts";

export const checkHeader: Check = (block, at, report) => {
  checkFields(block, at, report, { required: ["text"], optional: ["block_id", "level"] });
  checkText(block.text, `${at}/text`, report, { most: BLOCK_LIMITS.header, plainOnly: true });
};
