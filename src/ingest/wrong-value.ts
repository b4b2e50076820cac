import { isNumber, spelling } from "./value-rules.ts";

/**
 * Why a text is no value of a column's type, in a sentence without the text. Where its shape tells
 * what it was meant to be, that is said; it may have been cut, so only its beginning counts.
 */
export function wrongValue(type: string, text: string): string {
  const wanted = `is not ${spelling(type)}`;
  const guess = guessOf(type, text.trim());
  return guess === null ? wanted : `${wanted}: ${guess}`;
}

function guessOf(type: string, text: string): string | null {
  if (type === "date") return ofMoment(text) ?? (isoDay.test(text) ? overlongDay(text) : null);
  if (type.startsWith("timestamp")) return ofMoment(text);
  if (isNumber(type)) return ofNumber(type, text);
  return null;
}

const isoDay = /^\d{4}-\d\d-\d\d/;

function ofMoment(text: string): string | null {
  if (/^\d{4}-\d\d-\d\d($|[T ]\d)/.test(text) && !exists(text.slice(0, 10)))
    return "there is no such day";
  if (/^\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b/.test(text)) return "day and month cannot be told apart";
  if (/^\d{4}[./]\d{1,2}[./]\d{1,2}\b/.test(text) || /^\d{4}-\d{1,2}-\d{1,2}\b/.test(text))
    return isoDay.test(text) ? null : "write month and day with two digits, between hyphens";
  if (/^\d{5}([.,]\d+)?$/.test(text))
    return "it looks like the day number of a spreadsheet; format the column as a date";
  if (/^\d{10}(\d{3})?(\.\d+)?$/.test(text)) return "it looks like a Unix time";
  return null;
}

/** Of a column of days: something stands behind the day. */
function overlongDay(text: string): string | null {
  return text.length > 10 ? "the column holds days, without a time" : null;
}

function exists(day: string): boolean {
  try {
    Temporal.PlainDate.from(day);
    return true;
  } catch {
    return false;
  }
}

function ofNumber(type: string, text: string): string | null {
  if (/^[+-]?(nan|inf(inity)?)$/i.test(text))
    return "it must be finite; leave unknown values empty";
  if (/\p{Sc}/u.test(text)) return "leave out the currency sign";
  if (text.endsWith("%")) return "leave out the percent sign";
  if (/^[+-]?\d{1,3}([ _,'\u00a0\u202f]\d{3})+(\.\d*)?$/.test(text))
    return "leave out the separators between thousands";
  if (/^[+-]?\d{1,3}(\.\d{3})+,\d*$/.test(text))
    return "leave out the points between thousands, and write the decimal comma as a point";
  if (/^[+-]?[\d.]*\d,\d*$/.test(text)) return "the decimal sign is a point";
  if (/^[+-]?\d+$/.test(text)) return "it is too large";
  if (/^[+-]?[1-9]\d{0,2}(\.\d{3})+$/.test(text))
    return "the point may part thousands or decimals; leave it out, or write 1.2340 for 1.234";
  if (/^[+-]?\d*\.\d+$/.test(text) && !type.includes("numeric")) return "it has decimals";
  return null;
}
