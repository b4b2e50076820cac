/** CSV as spreadsheets and programs both read it: RFC 4180, UTF-8 with a mark at its beginning, by which Excel knows it. */
import { stringify } from "csv-stringify/sync";

export type CsvCell = string | number | null;

/** A file of an answer, for one person. */
export interface CsvFile {
  name: string;
  text: string;
}

/**
 * Numbers unrounded and as they are, `-` included: an empty cell where there is none, or it is no
 * finite one. Texts always in quotation marks, so that a number without them is one.
 */
export function csvText(header: readonly string[], rows: readonly (readonly CsvCell[])[]): string {
  const records = [header, ...rows].map((row) => row.map(writtenAs));
  return stringify(records, { bom: true, record_delimiter: "\r\n", quoted_string: true });
}

function writtenAs(cell: CsvCell): CsvCell {
  if (typeof cell === "number") return Number.isFinite(cell) ? cell : null;
  return cell === null ? null : withoutFormula(cell);
}

/**
 * A spreadsheet takes a text that begins with one of these for a formula, quoted or not; an apostrophe
 * before it keeps it a text. The library's own option would do the same to negative numbers.
 * Source: OWASP, CSV injection; FAULTS.md 37.
 */
function withoutFormula(text: string): string {
  return /^[=+\-@\t\r\n＝＋－＠]/.test(text) ? `'${text}` : text;
}
