import type { JsonObject } from "../../json.ts";
import { checkConfirm } from "./check-confirm.ts";
import { checkImageElement } from "./check-image.ts";
import { INPUT_ELEMENTS } from "./check-input-element.ts";
import { checkOptions } from "./check-options.ts";
import { checkText } from "./check-text.ts";
import { ELEMENT_LIMITS } from "./limits.ts";
import type { Report } from "./report.ts";
import { type Check, checkByType, checkFields, checkString } from "./shape.ts";

/** What stands in an actions block, beside a section, or in an input. */
export const checkElement: Check = (element, at, report) => {
  checkActionId(element, at, report);
  checkByType(element, at, report, ELEMENTS);
};

const checkButton: Check = (button, at, report) => {
  checkFields(button, at, report, {
    required: ["text"],
    optional: ["action_id", "url", "value", "style", "confirm", "accessibility_label"],
  });
  checkText(button.text, `${at}/text`, report, {
    most: ELEMENT_LIMITS.buttonText,
    plainOnly: true,
  });
  checkString(button.value, `${at}/value`, report, { most: ELEMENT_LIMITS.buttonValue });
  checkString(button.url, `${at}/url`, report, { most: ELEMENT_LIMITS.buttonUrl });
  checkString(button.accessibility_label, `${at}/accessibility_label`, report, {
    most: ELEMENT_LIMITS.accessibilityLabel,
  });
  if (button.style !== undefined && button.style !== "primary" && button.style !== "danger") {
    report.fault(`${at}/style`, "must be primary or danger");
  }
  checkConfirm(button.confirm, `${at}/confirm`, report);
};

const checkOverflow: Check = (overflow, at, report) => {
  checkFields(overflow, at, report, { required: ["options"], optional: ["action_id", "confirm"] });
  checkOptions(overflow, at, report, ELEMENT_LIMITS.overflowOptions);
  checkConfirm(overflow.confirm, `${at}/confirm`, report);
};

const ELEMENTS: Readonly<Record<string, Check>> = {
  button: checkButton,
  overflow: checkOverflow,
  image: checkImageElement,
  ...INPUT_ELEMENTS,
};

function checkActionId(element: JsonObject, at: string, report: Report): void {
  const id = element.action_id;
  checkString(id, `${at}/action_id`, report, { least: 1, most: ELEMENT_LIMITS.actionId });
  if (typeof id !== "string") return;
  if (report.actionIds.has(id)) report.fault(`${at}/action_id`, "duplicate action_id");
  report.actionIds.add(id);
}
