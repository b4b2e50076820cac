import { isObject, type Json } from "../../json.ts";
import type { Report } from "./report.ts";
import { checkFields, checkString } from "./shape.ts";

/** A text object: `{type: "plain_text" | "mrkdwn", text, ...}`. */
export function checkText(
  value: Json | undefined,
  at: string,
  report: Report,
  limits: { most: number; plainOnly?: boolean },
): void {
  if (value === undefined) return;
  if (!isObject(value)) {
    report.fault(at, "must be a text object");
    return;
  }
  if (value.type === "plain_text") {
    checkFields(value, at, report, { required: ["text"], optional: ["emoji"] });
  } else if (value.type === "mrkdwn" && !limits.plainOnly) {
    checkFields(value, at, report, { required: ["text"], optional: ["verbatim"] });
  } else {
    report.fault(`${at}/type`, `unsupported type: ${String(value.type)}`);
  }
  checkString(value.text, `${at}/text`, report, { least: 1, most: limits.most });
}
