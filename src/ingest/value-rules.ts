/**
 * How a text becomes a value of a column. Only spellings with one meaning are taken: of dates the
 * ISO form (Postgres alone would also read 02/03/2024, today or infinity), of numbers finite ones.
 */
import { constant, identifier } from "./sql-text.ts";
import type { TableColumn } from "./table-shape.ts";

/** Whether a text is valid input for a type, in the search path of the transaction's own session. */
export interface InputCheck {
  valid(text: string, type: string): string;
}

export const nativeInputCheck: InputCheck = {
  valid: (text, type) => `pg_input_is_valid(${text}, ${constant(type)})`,
};

/**
 * Postgres before 16 has no pg_input_is_valid: see input-check.ts. Our own costs a subtransaction a
 * value, so what is plainly valid is let through before it.
 */
export const ownInputCheck: InputCheck = {
  valid(text, type) {
    const asked = `pg_temp.is_valid_input(${text}, ${constant(type)})`;
    const plain = plainlyValid.get(type);
    return plain === undefined
      ? asked
      : `CASE WHEN ${text} ~ ${constant(plain)} THEN true ELSE ${asked} END`;
  },
};

/**
 * For files without commas, which countries write whose thousands are parted by points: there 1.234
 * may be either number, and is none. No thousands begin with 0: 0.125 is a share.
 */
export function withoutDoubtfulPoints(check: InputCheck): InputCheck {
  return {
    valid: (text, type) =>
      isNumber(type)
        ? `(${text} !~ '^[+-]?[1-9][0-9]{0,2}([.][0-9]{3})+$' AND ${check.valid(text, type)})`
        : check.valid(text, type),
  };
}

/** From the year 1000 on; the last days of months are those that each year has. */
const day =
  "[1-9][0-9]{3}-((0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])|(0[13-9]|1[0-2])-(29|30)|(0[13578]|1[02])-31)";
const time =
  "([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\\.[0-9]{1,6})?)?(Z|[+-](0[0-9]|1[0-4]):[0-5][0-9])?";

/** Regular expressions of texts that need no further look; of other texts nothing is said. */
const plainlyValid: ReadonlyMap<string, string> = new Map([
  ["smallint", "^-?[0-9]{1,4}$"],
  ["integer", "^-?[0-9]{1,9}$"],
  ["bigint", "^-?[0-9]{1,18}$"],
  ["numeric", "^-?[0-9]{1,30}(\\.[0-9]{1,30})?$"],
  ["double precision", "^-?[0-9]{1,30}(\\.[0-9]{1,30})?$"],
  ["boolean", "^(true|false)$"],
  ["date", `^${day}$`],
  ["timestamp with time zone", `^${day}([T ]${time})?$`],
]);

/** A day alone, or with a time; without an offset it is in the reporting time zone. */
const instant = "^.{4}-..-..([T ][0-9:.]+ ?(Z|UTC|GMT|[+-][0-9:]+)?)?$";

export function isNumber(type: string): boolean {
  return numbers.has(type);
}

const numbers = new Set(["numeric", "double precision", "real", "integer", "smallint", "bigint"]);

/** SQL, true where `text`, which is not null, can be read as the type. */
export function readable(text: string, type: string, check: InputCheck): string {
  const valid = check.valid(text, type);
  switch (type) {
    case "text":
      return "true";
    case "date":
      return `(${text} LIKE '____-__-__' AND ${valid})`;
    case "timestamp with time zone":
      return `(${text} ~ ${constant(instant)} AND ${valid})`;
    default:
      // Postgres alone would also read NaN, and from 16 on 1_000 and 0x1F.
      // By translate(), which is several times faster than an expression.
      return isNumber(type)
        ? `(translate(${text}, '0123456789eE.+ -', '') = '' AND ${valid})`
        : `(${valid})`;
  }
}

/** SQL of the column's value: an empty text is the default, or null. */
export function converted(column: TableColumn, row: string): string {
  const text = `${row}.${identifier(column.name)}`;
  const value = column.type === "text" ? text : `${text}::${column.type}`;
  return column.fallback === null ? value : `coalesce(${value}, ${column.fallback})`;
}

/** SQL, true where the row's text is good for the column. */
export function acceptable(column: TableColumn, row: string, check: InputCheck): string {
  const text = `${row}.${identifier(column.name)}`;
  const valid = readable(text, column.type, check);
  if (valid === "true") return column.required ? `${text} IS NOT NULL` : "true";
  return column.required ? `(${text} IS NOT NULL AND ${valid})` : `(${text} IS NULL OR ${valid})`;
}

/** What a person may write in a column of the type. */
export function spelling(type: string): string {
  switch (type) {
    case "date":
      return "a date such as 2024-01-31";
    case "timestamp with time zone":
      return "an instant such as 2024-01-31T09:30:00Z, or a date";
    case "numeric":
    case "double precision":
    case "real":
      return "a number such as 12.50";
    case "integer":
    case "smallint":
    case "bigint":
      return `a whole number within the range of ${type}`;
    case "boolean":
      return "true or false";
    case "jsonb":
      return "JSON";
    default:
      return type;
  }
}
