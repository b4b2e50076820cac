import type { types } from "@slack/bolt";
import type { Block } from "../../message.ts";
import { cutText } from "../cut-text.ts";
import { literalText } from "../literal-text.ts";
import { textColumns } from "../text-columns.ts";
import { slackLimits } from "./limits.ts";
import { preformatted, richText } from "./slack-rich-text.ts";

type Table = Extract<Block, { kind: "table" }>;

/** Slack's own table, its caption before it and, when it was cut, what was left out after it. */
export function nativeTable(table: Table): types.KnownBlock[] {
  const width = slackLimits.tableColumns;
  const columns = table.columns.slice(0, width);
  const header = columns.map((column) => column.label);
  const rows = fitting([header, ...table.rows.map((row) => columns.map((_, i) => row[i] ?? ""))]);
  return [
    ...caption(table),
    {
      type: "table",
      column_settings: columns.map(({ align }) => ({ align, is_wrapped: align === "left" })),
      rows: rows.map((row) => row.map(cell)),
    },
    ...leftOut(table.rows.length - (rows.length - 1), table.columns.length - columns.length),
  ];
}

/** A table after the first, which Slack refuses as a native one, in a fixed-width font. */
export function textTable(table: Table): types.KnownBlock[] {
  const lines = textColumns(
    table.columns.map((column) => ({ ...column, label: literalText(column.label) })),
    table.rows.map((row) => row.map(literalText)),
    cellWidth,
  );
  const kept = firstLines(lines, slackLimits.richText);
  const rows = Math.max(0, kept.length - 1);
  return [...caption(table), preformatted(kept), ...leftOut(table.rows.length - rows, 0)];
}

const cellWidth = 40;

function firstLines(lines: readonly string[], limit: number): string[] {
  const kept: string[] = [];
  let room = limit;
  for (const line of lines) {
    room -= line.length + 1;
    if (room < 0) break;
    kept.push(line);
  }
  return kept;
}

function caption(table: Table): types.KnownBlock[] {
  const block = richText([{ kind: "strong", text: table.caption }]);
  return block === null ? [] : [block];
}

/** The header and as many rows as Slack takes, from the first. */
function fitting(rows: readonly (readonly string[])[]): string[][] {
  const kept: string[][] = [];
  let room: number = slackLimits.tableText;
  for (const row of rows.slice(0, slackLimits.tableRows)) {
    const cells = row.map((text) => cutText(literalText(text), cellText));
    room -= cells.reduce((sum, text) => sum + Math.max(1, text.length), 0);
    if (room < 0) break;
    kept.push(cells);
  }
  return kept;
}

/** So that one long cell in each column cannot take the room of all rows. */
const cellText = 200;

function cell(text: string): types.RawTextElement {
  // Slack refuses an empty cell.
  return { type: "raw_text", text: text === "" ? "\u00a0" : text };
}

function leftOut(rows: number, columns: number): types.KnownBlock[] {
  const parts = [
    rows > 0 ? `${rows} more ${rows === 1 ? "row" : "rows"}` : "",
    columns > 0 ? `${columns} more ${columns === 1 ? "column" : "columns"}` : "",
  ].filter((part) => part !== "");
  if (parts.length === 0) return [];
  const text = `Left out here: ${parts.join(" and ")}.`;
  return [{ type: "context", elements: [{ type: "plain_text", text, emoji: false }] }];
}
