import { charactersIn, checkRows } from "./check-cells.ts";
import { DATA_TABLE_LIMITS, MESSAGE_LIMITS } from "./limits.ts";
import { type Check, checkFields, checkString } from "./shape.ts";

export const checkDataTable: Check = (block, at, report) => {
  checkFields(block, at, report, {
    required: ["rows", "caption"],
    optional: ["page_size", "row_header_column_index", "block_id"],
  });
  checkString(block.caption, `${at}/caption`, report, {
    least: 1,
    most: MESSAGE_LIMITS.dataTableCharacters,
  });
  const size = block.page_size;
  const isSize =
    Number.isInteger(size) && Number(size) >= 1 && Number(size) <= DATA_TABLE_LIMITS.pageSize;
  if (size !== undefined && !isSize) report.fault(`${at}/page_size`, "must be from 1 to 100");
  const { rowsLeast, rows: most, columns } = DATA_TABLE_LIMITS;
  const rows = checkRows(block.rows, `${at}/rows`, report, {
    least: rowsLeast,
    rows: most,
    columns,
  });
  if (!rows) return;
  report.dataTableCharacters += charactersIn(rows);
  const width = rows[0]?.length;
  for (const [index, row] of rows.entries()) {
    if (row.length !== width)
      report.fault(`${at}/rows/${index}`, "must have as many cells as the header");
  }
  if (rows[0]?.some((cell) => cell.type === "rich_text")) {
    report.fault(`${at}/rows/0`, "the header may not hold rich_text");
  }
  if (report.dataTableCharacters > MESSAGE_LIMITS.dataTableCharacters) {
    report.fault(
      at,
      `no more than ${MESSAGE_LIMITS.dataTableCharacters} characters a message allowed`,
    );
  }
};
