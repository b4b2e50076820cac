import { isList, isObject, type Json, type JsonObject } from "../../json.ts";
import type { Report } from "./report.ts";

/** A block or element at a place in the message, e.g. `/blocks/1/accessory`. */
export type Check = (value: JsonObject, at: string, report: Report) => void;

/** Faults for fields that are missing, and for those that Slack does not know. */
export function checkFields(
  value: JsonObject,
  at: string,
  report: Report,
  fields: { required: readonly string[]; optional: readonly string[] },
): void {
  for (const name of fields.required) {
    if (value[name] === undefined || value[name] === null) {
      report.fault(at, `missing required field: ${name}`);
    }
  }
  const known = new Set([...fields.required, ...fields.optional, "type"]);
  for (const name of Object.keys(value)) {
    if (!known.has(name)) report.fault(at, `invalid additional property: ${name}`);
  }
}

/** A string within a length; an absent one is left to `checkFields`. */
export function checkString(
  value: Json | undefined,
  at: string,
  report: Report,
  limits: { least?: number; most: number },
): void {
  if (value === undefined) return;
  if (typeof value !== "string") report.fault(at, "must be a string");
  else if (value.length < (limits.least ?? 0))
    report.fault(at, `must be more than ${(limits.least ?? 1) - 1} characters`);
  else if (value.length > limits.most)
    report.fault(at, `must be less than ${limits.most + 1} characters`);
}

/** The items of a list within its bounds; none when it is no list of objects. */
export function checkItems(
  value: Json | undefined,
  at: string,
  report: Report,
  limits: { least: number; most: number },
): readonly JsonObject[] {
  if (value === undefined) return [];
  if (!isList(value) || !value.every(isObject)) {
    report.fault(at, "must be an array of objects");
    return [];
  }
  if (value.length < limits.least) report.fault(at, `no fewer than ${limits.least} items allowed`);
  if (value.length > limits.most) report.fault(at, `no more than ${limits.most} items allowed`);
  return value;
}

/** Finds the check for a thing's type; an unknown type is a fault. */
export function checkByType(
  value: JsonObject,
  at: string,
  report: Report,
  checks: Readonly<Record<string, Check>>,
): void {
  const check = typeof value.type === "string" ? checks[value.type] : undefined;
  if (check) check(value, at, report);
  else report.fault(`${at}/type`, `unsupported type: ${String(value.type)}`);
}
