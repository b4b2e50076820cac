import { isObject, type JsonObject } from "../../json.ts";
import { checkText } from "./check-text.ts";
import { ELEMENT_LIMITS } from "./limits.ts";
import type { Report } from "./report.ts";
import { checkFields, checkItems, checkString } from "./shape.ts";

/** The `options` of a menu. */
export function checkOptions(element: JsonObject, at: string, report: Report, most: number): void {
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
