import type { types } from "@slack/bolt";
import { type Block, type Cell, cellText } from "../../message.ts";
import { cutText } from "../cut-text.ts";
import { literalText } from "../literal-text.ts";
import { textColumns } from "../text-columns.ts";
import { slackLimits } from "./limits.ts";
import { type SlackBlock, sayLeftOut, smallPrint } from "./slack-block.ts";
import { preformatted, richText } from "./slack-rich-text.ts";

type Table = Extract<Block, { kind: "table" }>;

/** What is left of a message's room for native tables. */
export interface TableRoom {
  tables: number;
  /** Characters in cells of data tables. */
  dataText: number;
}

export function tableRoom(): TableRoom {
  return { tables: slackLimits.tables, dataText: slackLimits.dataTableText };
}

/**
 * The table as Slack draws it best, and after it what was left out. A short
 * one is a plain table; a long one, and any after the first, has pages, the first rows on the first,
 * and can be sorted. Takes from `room` what it uses; a table that finds none is text.
 */
export function nativeTable(table: Table, room: TableRoom): SlackBlock[] {
  if (table.rows.length <= rowsAtOnce && room.tables > 0) {
    room.tables -= 1;
    return plainTable(table);
  }
  return dataTable(table, room) ?? textTable(table);
}

/** So many rows are seen at a glance on a telephone. */
const rowsAtOnce = 15;
const pageSize = 10;

function plainTable(table: Table): SlackBlock[] {
  const columns = table.columns.slice(0, slackLimits.tableColumns);
  const { rows } = fitting(table, slackLimits.tableRows, slackLimits.tableText);
  return [
    ...caption(table),
    {
      type: "table",
      column_settings: columns.map(({ align }) => ({ align, is_wrapped: align === "left" })),
      rows: rows.map((row) => row.map(textCell)),
    },
    ...leftOut(table, rows.length - 1),
  ];
}

/** Null when there is no room for a single row. Slack shows its caption itself. */
function dataTable(table: Table, room: TableRoom): SlackBlock[] | null {
  const { rows, used } = fitting(table, slackLimits.dataTableRows, room.dataText);
  const [header, ...body] = rows;
  if (header === undefined || body.length === 0) return null;
  room.dataText -= used;
  return [
    {
      type: "data_table",
      caption: captionText(table) || "Table",
      page_size: pageSize,
      rows: [header.map(textCell), ...body.map((row) => row.map(sortableCell))],
    },
    ...leftOut(table, body.length),
  ];
}

/** The table in a fixed-width font, for where Slack takes no native one. */
export function textTable(table: Table): SlackBlock[] {
  const lines = textColumns(
    table.columns.map((column) => ({ ...column, label: literalText(column.label) })),
    table.rows
      .slice(0, slackLimits.richText / shortestLine(table))
      .map((row) => row.map((cell) => cellText(cutCell(cell)))),
    cellWidth,
  );
  const kept = firstLines(lines, slackLimits.richText);
  const rows = Math.max(0, kept.length - 1);
  const note = sayLeftOut([table.rows.length - rows, "row"]);
  return [...caption(table), preformatted(kept), ...smallPrint(note)];
}

const cellWidth = 40;

/** Characters; shorter lines are not worth looking at a thousand rows for. */
function shortestLine({ columns }: Table): number {
  return Math.max(10, 2 * columns.length);
}

/** The header and the first row always, each cut if it must be. */
function firstLines(lines: readonly string[], limit: number): string[] {
  const kept: string[] = [];
  let room = limit;
  for (const line of lines) {
    const shown = kept.length < 2 ? cutText(line, limit / 2 - 1) : line;
    room -= shown.length + 1;
    if (room < 0) break;
    kept.push(shown);
  }
  return kept;
}

function caption(table: Table): SlackBlock[] {
  const block = richText([{ kind: "strong", text: captionText(table) }]);
  return block === null ? [] : [block];
}

function captionText(table: Table): string {
  return cutText(literalText(table.caption).trim(), slackLimits.header);
}

/** The header and as many rows as find room, from the first; characters used. */
function fitting(table: Table, mostRows: number, room: number): { rows: Cell[][]; used: number } {
  const columns = table.columns.slice(0, slackLimits.tableColumns);
  const header = columns.map(({ label }) => label);
  const body = table.rows.slice(0, mostRows - 1).map((row) => columns.map((_, i) => row[i] ?? ""));
  const rows: Cell[][] = [];
  let used = 0;
  for (const row of [header, ...body]) {
    const cells = row.map(cutCell);
    const more = cells.reduce((sum, cell) => sum + Math.max(1, cellText(cell).length), 0);
    if (used + more > room) break;
    used += more;
    rows.push(cells);
  }
  return { rows, used };
}

function cutCell(cell: Cell): Cell {
  const whole = cellText(cell);
  const head = whole.length > looked ? `${whole.slice(0, looked)}…` : whole;
  const text = cutText(literalText(head), cellLimit);
  return typeof cell === "string" ? text : { ...cell, text };
}

/** So that one long cell in each column cannot take the room of all rows. */
const cellLimit = 200;
/** A name of ten thousand letters in each of a thousand cells would hold up everybody else. */
const looked = 5 * cellLimit;

function textCell(cell: Cell): types.RawTextElement {
  // Slack refuses an empty cell.
  return { type: "raw_text", text: cellText(cell) || "\u00a0" };
}

function sortableCell(cell: Cell): types.RawTextElement | types.RawNumberElement {
  if (typeof cell === "string" || cell.value === null || !Number.isFinite(cell.value))
    return textCell(cell);
  return { type: "raw_number", value: cell.value, text: cell.text || "\u00a0" };
}

function leftOut(table: Table, rows: number): SlackBlock[] {
  const columns = table.columns.length - slackLimits.tableColumns;
  return smallPrint(sayLeftOut([table.rows.length - rows, "row"], [columns, "column"]));
}
