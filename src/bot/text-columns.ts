import type { Column } from "../message.ts";

/**
 * A table as lines of text for a fixed-width font: the header, then a line a row. A cell longer than
 * `cellLimit` columns is cut; line breaks in a cell become spaces.
 */
export function textColumns(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  cellLimit: number,
): string[] {
  const table = [columns.map((column) => column.label), ...rows].map((row) =>
    columns.map((_, index) => cutToWidth(oneLine(row[index] ?? ""), cellLimit)),
  );
  const widths = columns.map((_, index) =>
    Math.max(...table.map((row) => displayWidth(row[index] ?? ""))),
  );
  return table.map((row) =>
    row
      .map((cell, index) => pad(cell, widths[index] ?? 0, columns[index]?.align ?? "left"))
      .join("  ")
      .trimEnd(),
  );
}

/** Columns of a fixed-width font that the text takes: two for a wide letter or an emoji, none for a mark. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const symbol of text) {
    if (unseen.test(symbol)) continue;
    width += wide.test(symbol) ? 2 : 1;
  }
  return width;
}

const unseen = /^[\p{M}\p{Cf}]$/u;
const wide =
  /^[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]$/u;

function pad(cell: string, width: number, align: Column["align"]): string {
  const space = " ".repeat(Math.max(0, width - displayWidth(cell)));
  return align === "right" ? space + cell : cell + space;
}

/** Looks at no more of the text than it keeps: a name may be ten thousand letters long. */
function cutToWidth(text: string, limit: number): string {
  let width = 0;
  let at = 0;
  let cutAt = 0;
  for (const symbol of text) {
    width += displayWidth(symbol);
    if (width > limit) return `${text.slice(0, cutAt)}…`;
    at += symbol.length;
    if (width <= limit - 1) cutAt = at;
  }
  return text;
}

function oneLine(text: string): string {
  return text.replace(/\s*\n\s*/g, " ");
}
