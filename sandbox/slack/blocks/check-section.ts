import { isObject } from "../../json.ts";
import { checkElement } from "./check-element.ts";
import { checkText } from "./check-text.ts";
import { BLOCK_LIMITS } from "./limits.ts";
import { type Check, checkFields, checkItems } from "./shape.ts";

export const checkSection: Check = (block, at, report) => {
  checkFields(block, at, report, {
    required: [],
    optional: ["text", "fields", "accessory", "block_id", "expand"],
  });
  if (block.text === undefined && block.fields === undefined) {
    report.fault(at, "missing required field: text or fields");
  }
  checkText(block.text, `${at}/text`, report, { most: BLOCK_LIMITS.sectionText });
  const fields = checkItems(block.fields, `${at}/fields`, report, {
    least: 1,
    most: BLOCK_LIMITS.fields,
  });
  for (const [index, field] of fields.entries()) {
    checkText(field, `${at}/fields/${index}`, report, { most: BLOCK_LIMITS.fieldText });
  }
  if (isObject(block.accessory)) checkElement(block.accessory, `${at}/accessory`, report);
};
