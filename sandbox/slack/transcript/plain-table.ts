import { isList, type JsonObject, objectsOf } from "../../json.ts";
import type { NameOf } from "../text/mention-label.ts";
import { plainRichText } from "./plain-rich-text.ts";

/** A table in columns, its caption above, numbers to the right. */
export function plainTable(block: JsonObject, nameOf: NameOf): string {
  const rows = (isList(block.rows) ? block.rows : []).map((row) => objectsOf(row));
  const cells = rows.map((row) => row.map((cell) => plainCell(cell, nameOf)));
  const widths = (cells[0] ?? []).map((_, column) =>
    Math.max(...cells.map((row) => (row[column] ?? "").length)),
  );
  const lines = cells.map((row, index) =>
    row
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        return rows[index]?.[column]?.type === "raw_number"
          ? cell.padStart(width)
          : cell.padEnd(width);
      })
      .join("  ")
      .trimEnd(),
  );
  return [...(typeof block.caption === "string" ? [block.caption] : []), ...lines].join("\n");
}

function plainCell(cell: JsonObject, nameOf: NameOf): string {
  return cell.type === "rich_text" ? plainRichText(cell, nameOf) : String(cell.text ?? "");
}
