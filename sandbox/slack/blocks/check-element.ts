import { isObject, type JsonObject } from "../json.ts";
import { checkImageElement } from "./check-image.ts";
import { checkText } from "./check-text.ts";
import { ELEMENT_LIMITS } from "./limits.ts";
import type { Report } from "./report.ts";
import { type Check, checkByType, checkFields, checkItems, checkString } from "./shape.ts";

/** What stands in an actions block or beside a section. */
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
};

const checkStaticSelect: Check = (select, at, report) => {
  checkFields(select, at, report, {
    required: ["options"],
    optional: ["action_id", "placeholder", "initial_option", "confirm", "focus_on_load"],
  });
  checkText(select.placeholder, `${at}/placeholder`, report, {
    most: ELEMENT_LIMITS.placeholder,
    plainOnly: true,
  });
  checkOptions(select, at, report, ELEMENT_LIMITS.options);
};

const checkOverflow: Check = (overflow, at, report) => {
  checkFields(overflow, at, report, { required: ["options"], optional: ["action_id", "confirm"] });
  checkOptions(overflow, at, report, ELEMENT_LIMITS.overflowOptions);
};

const ELEMENTS: Readonly<Record<string, Check>> = {
  button: checkButton,
  static_select: checkStaticSelect,
  overflow: checkOverflow,
  image: checkImageElement,
};

function checkOptions(element: JsonObject, at: string, report: Report, most: number): void {
  const options = checkItems(element.options, `${at}/options`, report, { least: 1, most });
  for (const [index, option] of options.entries()) {
    const place = `${at}/options/${index}`;
    checkFields(option, place, report, {
      required: ["text", "value"],
      optional: ["description", "url"],
    });
    if (isObject(option.text)) {
      checkText(option.text, `${place}/text`, report, { most: ELEMENT_LIMITS.optionText });
    }
    checkString(option.value, `${place}/value`, report, { most: ELEMENT_LIMITS.optionValue });
  }
}

function checkActionId(element: JsonObject, at: string, report: Report): void {
  const id = element.action_id;
  checkString(id, `${at}/action_id`, report, { least: 1, most: ELEMENT_LIMITS.actionId });
  if (typeof id !== "string") return;
  if (report.actionIds.has(id)) report.fault(`${at}/action_id`, "duplicate action_id");
  report.actionIds.add(id);
}
