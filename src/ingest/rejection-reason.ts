import type { TableShape } from "./table-shape.ts";
import { wrongValue } from "./wrong-value.ts";

/** A rejection as the stage recorded it. */
export interface RecordedRejection {
  target: string;
  line: number | null;
  column_name: string | null;
  code: string;
  detail: string | null;
  value: string | null;
}

/** The values that a foreign key allows, by its constraint's name; cut to the first. */
export type AllowedValues = ReadonlyMap<string, readonly string[]>;

/** What is wrong and what is allowed, in a sentence without the value. */
export function rejectionReason(
  rejection: RecordedRejection,
  shape: TableShape | undefined,
  allowed: AllowedValues,
): string {
  const [code, count, expected] = rejection.code.split(" ");
  switch (code) {
    case "fields":
      return `the row has ${count} ${count === "1" ? "value" : "values"}, the header ${expected}`;
    case "stray_quote":
      return "a quote stands inside a value that is not quoted, or text follows a closing quote";
    case "large_field":
      return "a value is larger than 1 MiB";
    case "large_row":
      return "the row is larger than 4 MiB";
    case "not_utf8":
      return 'the row is not valid UTF-8; save the sheet anew as "CSV UTF-8", for plain "CSV" writes the letters of one country';
    case "nul":
      return "the row holds a NUL byte";
    case "missing":
      return "is empty, and the table needs a value";
    case "type":
      return wrongValue(typeOf(shape, rejection.column_name), rejection.value ?? "");
    case "check":
      return brokenCheck(shape, rejection.detail);
    case "rule":
      return rejection.detail ?? rejection.code;
    case "reference":
      return unknownValue(shape, rejection.detail, allowed);
    case "repeated":
      return `the key comes again with other values, on line ${rejection.detail || "(unknown)"}; none of its rows is taken`;
    default:
      return rejection.code;
  }
}

function typeOf(shape: TableShape | undefined, name: string | null): string {
  return (
    shape?.columns.find((column) => column.name === name)?.type ?? "a value of the column's type"
  );
}

/** A list of allowed values is named; any other condition is quoted from the table. */
function brokenCheck(shape: TableShape | undefined, name: string | null): string {
  const condition = shape?.checks.find((check) => check.name === name)?.condition ?? "";
  const list = /= ANY \(ARRAY\[(.*)\]\)/s.exec(condition)?.[1];
  if (list === undefined) return `must hold: ${plainCondition(condition)}`;
  const values = [...list.matchAll(/'((?:[^']|'')*)'/g)].map((match) =>
    (match[1] ?? "").replaceAll("''", "'"),
  );
  return `is not one of ${values.join(", ")}`;
}

/** Without the casts and brackets that Postgres adds. */
function plainCondition(condition: string): string {
  return condition.replaceAll(/::[a-z ]+/g, "").replaceAll(/\((-?[\d.]+)\)/g, "$1");
}

function unknownValue(
  shape: TableShape | undefined,
  name: string | null,
  allowed: AllowedValues,
): string {
  const parent =
    shape?.references.find((reference) => reference.name === name)?.parent ??
    "the table it refers to";
  const values = allowed.get(name ?? "") ?? [];
  if (values.length === 0) return `is not in ${parent}, which is empty`;
  return `is not in ${parent}, which has ${values.join(", ")}`;
}
