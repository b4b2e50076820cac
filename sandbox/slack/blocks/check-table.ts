import { charactersIn, checkRows } from "./check-cells.ts";
import { MESSAGE_LIMITS, TABLE_LIMITS } from "./limits.ts";
import { type Check, checkFields, checkItems } from "./shape.ts";

export const checkTable: Check = (block, at, report) => {
  checkFields(block, at, report, { required: ["rows"], optional: ["column_settings", "block_id"] });
  const rows = checkRows(block.rows, `${at}/rows`, report, { least: 1, ...TABLE_LIMITS });
  report.tableCharacters += charactersIn(rows ?? []);
  if (report.tableCharacters > MESSAGE_LIMITS.tableCharacters) {
    report.fault(at, `no more than ${MESSAGE_LIMITS.tableCharacters} characters a message allowed`);
  }
  const settings = checkItems(block.column_settings, `${at}/column_settings`, report, {
    least: 0,
    most: TABLE_LIMITS.columns,
  });
  for (const [index, setting] of settings.entries()) {
    const place = `${at}/column_settings/${index}`;
    checkFields(setting, place, report, { required: [], optional: ["align", "is_wrapped"] });
    const { align } = setting;
    if (align !== undefined && !["left", "center", "right"].includes(String(align))) {
      report.fault(`${place}/align`, "must be left, center or right");
    }
  }
};
