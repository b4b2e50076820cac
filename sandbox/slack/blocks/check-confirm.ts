import { isObject, type Json } from "../../json.ts";
import { checkText } from "./check-text.ts";
import { CONFIRM_LIMITS } from "./limits.ts";
import type { Report } from "./report.ts";
import { checkFields } from "./shape.ts";

/** The dialog that asks whether one is sure. */
export function checkConfirm(confirm: Json | undefined, at: string, report: Report): void {
  if (confirm === undefined) return;
  if (!isObject(confirm)) {
    report.fault(at, "must be a confirm object");
    return;
  }
  checkFields(confirm, at, report, {
    required: ["title", "text", "confirm", "deny"],
    optional: ["style"],
  });
  for (const part of ["title", "text", "confirm", "deny"] as const)
    checkText(confirm[part], `${at}/${part}`, report, {
      most: CONFIRM_LIMITS[part],
      plainOnly: part !== "text",
    });
}
