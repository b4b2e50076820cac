import { isObject } from "../../json.ts";
import { checkElement } from "./check-element.ts";
import { checkText } from "./check-text.ts";
import { BLOCK_LIMITS } from "./limits.ts";
import { type Check, checkFields } from "./shape.ts";

/** A labelled element that a form is submitted with. */
export const checkInput: Check = (block, at, report) => {
  checkFields(block, at, report, {
    required: ["label", "element"],
    optional: ["hint", "optional", "dispatch_action", "block_id"],
  });
  for (const part of ["label", "hint"] as const)
    checkText(block[part], `${at}/${part}`, report, {
      most: BLOCK_LIMITS.inputLabel,
      plainOnly: true,
    });
  if (!isObject(block.element)) return;
  checkElement(block.element, `${at}/element`, report);
  if (!isStateful(block.element.type))
    report.fault(`${at}/element/type`, `unsupported type: ${String(block.element.type)}`);
};

/** What holds a value: everything that acts but buttons and the overflow menu. */
export function isStateful(type: unknown): boolean {
  return type !== "button" && type !== "overflow" && type !== "image";
}
