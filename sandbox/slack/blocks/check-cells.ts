import { isList, isObject, type Json, type JsonObject } from "../../json.ts";
import { checkRichText } from "./check-rich-text.ts";
import type { Report } from "./report.ts";
import { type Check, checkByType, checkFields, checkString } from "./shape.ts";
import { textLength } from "./text-length.ts";

/** Slack states no limit of a cell; a message's own is the bound. */
const CELL_CHARACTERS = 20_000;

const checkRawText: Check = (cell, at, report) => {
  checkFields(cell, at, report, { required: ["text"], optional: [] });
  checkString(cell.text, `${at}/text`, report, { least: 1, most: CELL_CHARACTERS });
};

const checkRawNumber: Check = (cell, at, report) => {
  checkFields(cell, at, report, { required: ["value", "text"], optional: [] });
  if (typeof cell.value !== "number") report.fault(`${at}/value`, "must be a number");
  checkString(cell.text, `${at}/text`, report, { least: 1, most: CELL_CHARACTERS });
};

const CELLS: Readonly<Record<string, Check>> = {
  raw_text: checkRawText,
  raw_number: checkRawNumber,
  rich_text: checkRichText,
};

/** The rows of a table, each a list of cells; null when they are none. */
export function checkRows(
  value: Json | undefined,
  at: string,
  report: Report,
  limits: { least: number; rows: number; columns: number },
): JsonObject[][] | null {
  if (!isList(value) || !value.every((row) => isList(row) && row.every(isObject))) {
    report.fault(at, "must be an array of rows of cells");
    return null;
  }
  const rows = value as JsonObject[][];
  if (rows.length < limits.least) report.fault(at, `no fewer than ${limits.least} items allowed`);
  if (rows.length > limits.rows) report.fault(at, `no more than ${limits.rows} items allowed`);
  for (const [index, row] of rows.entries()) {
    const place = `${at}/${index}`;
    if (row.length < 1) report.fault(place, "no fewer than 1 items allowed");
    if (row.length > limits.columns) {
      report.fault(place, `no more than ${limits.columns} items allowed`);
    }
    for (const [column, cell] of row.entries()) {
      checkByType(cell, `${place}/${column}`, report, CELLS);
    }
  }
  return rows;
}

/** Characters shown in the cells of a table. */
export function charactersIn(rows: readonly (readonly JsonObject[])[]): number {
  return rows.flat().reduce((sum, cell) => sum + textLength(cell), 0);
}
