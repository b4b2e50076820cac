import { isList, isObject, type Json, type JsonObject, objectsOf } from "../../../json.ts";
import { element } from "../../../page/client/dom.ts";
import type { Names } from "./draw-mrkdwn.ts";
import { drawRichText } from "./draw-rich-text.ts";

/** A `table` whole, or a `data_table` page by page. The first row is the header. */
export function drawTable(block: JsonObject, names: Names): Node {
  const [head = [], ...body] = rowsOf(block.rows);
  const settings = isList(block.column_settings) ? block.column_settings : [];
  const draw = (cell: JsonObject, column: number, tag: "td" | "th", scope?: string) =>
    element(tag, { class: lookOf(cell, settings[column]), scope }, drawCell(cell, names));
  const rowHeader = block.type === "data_table" ? Number(block.row_header_column_index ?? 0) : -1;
  const rows = body.map((row) =>
    element(
      "tr",
      {},
      ...row.map((cell, column) =>
        column === rowHeader ? draw(cell, column, "th", "row") : draw(cell, column, "td"),
      ),
    ),
  );
  const heads = head.map((cell, column) => {
    // A header stands over its column, so it is aligned as the cells below it.
    const look = lookOf(body[0]?.[column] ?? cell, settings[column]);
    return element("th", { class: look, scope: "col" }, drawCell(cell, names));
  });
  const shown = element("tbody", {}, ...rows);
  const caption = typeof block.caption === "string" ? element("caption", {}, block.caption) : null;
  const table = element(
    "table",
    {},
    caption,
    element("thead", {}, element("tr", {}, ...heads)),
    shown,
  );
  const scroller = element(
    "div",
    { class: "table-scroller", tabindex: "0", role: "group", "aria-label": "Table" },
    table,
  );
  const size = block.type === "data_table" ? Number(block.page_size ?? 5) : rows.length;
  return element("div", { class: "block-table" }, scroller, pager(shown, rows, size));
}

/** Shows a page of the rows and the buttons to turn it; null when one page holds all. */
function pager(body: HTMLElement, rows: readonly Node[], size: number): Node | null {
  if (rows.length <= size) return null;
  const where = element("span", { "aria-live": "polite" });
  const back = element("button", { type: "button", class: "button" }, "Previous");
  const on = element("button", { type: "button", class: "button" }, "Next");
  let from = 0;
  const show = () => {
    const page = rows.slice(from, from + size);
    body.replaceChildren(...page);
    where.textContent = `${from + 1}–${from + page.length} of ${rows.length}`;
    back.disabled = from === 0;
    on.disabled = from + size >= rows.length;
  };
  const turn = (by: number) => () => {
    from += by;
    show();
  };
  back.addEventListener("click", turn(-size));
  on.addEventListener("click", turn(size));
  show();
  return element("div", { class: "pager" }, back, where, on);
}

function drawCell(cell: JsonObject, names: Names): Node {
  if (cell.type === "rich_text") return drawRichText(cell, names);
  return document.createTextNode(String(cell.text ?? ""));
}

/** Classes for the alignment, and for a column whose cells may be broken into lines. */
function lookOf(cell: JsonObject, setting: Json | undefined): string {
  const { align, is_wrapped } = isObject(setting) ? setting : {};
  const isNumber = cell.type === "raw_number" && align === undefined;
  const side = align === "right" || align === "center" ? align : isNumber ? "right" : "left";
  return is_wrapped === true ? `${side} wrapped` : side;
}

function rowsOf(rows: Json | undefined): JsonObject[][] {
  return isList(rows) ? rows.map((row) => objectsOf(row)) : [];
}
