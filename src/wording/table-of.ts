/** A table from its columns, each of which knows its cell. */
import type { Block, Cell, Column } from "../message.ts";

export interface TellingColumn<Row> extends Column {
  say(row: Row): Cell;
}

export function tableOf<Row>(
  caption: string,
  columns: readonly TellingColumn<Row>[],
  rows: readonly Row[],
): Extract<Block, { kind: "table" }> {
  return {
    kind: "table",
    caption,
    columns: columns.map(({ label, align }) => ({ label, align })),
    rows: rows.map((row) => columns.map(({ say }) => say(row))),
  };
}
