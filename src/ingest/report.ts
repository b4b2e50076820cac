import type { ImportMode, RowCounts } from "./row-counts.ts";

/** One thing wrong with one row. */
export interface Rejection {
  /** The source table, or `raw.<name>` of a mapping's file. */
  target: string;
  /** In the file; null where the row came of a SELECT without `_line`. */
  line: number | null;
  column: string | null;
  /** What is wrong and what is allowed, without the value. */
  reason: string;
  /** The value, cut; for the operator's eyes, never for a log. */
  value: string | null;
}

export interface TableReport extends RowCounts {
  table: string;
  /** The file, or the mapping. */
  from: string;
  mode: ImportMode;
  deleted: number;
  /** An ISO instant; null for tables without event times and for empty ones. */
  completeThrough: string | null;
}

/** Where every row of one of a mapping's files went; the parts add up to `read`. */
export interface FileAccount {
  name: string;
  file: string;
  read: number;
  /** Lines that alone made at least one row of a table. */
  loaded: number;
  /** Lines that only share rows with other lines. */
  merged: number;
  /** Lines that could not be read, or of which every row was rejected. */
  rejected: number;
  leftOut: readonly { why: string; rows: number }[];
  /** Lines that no table took and the mapping says nothing of. */
  unexplained: number;
  /** How many lines each table took; one line may feed several. */
  tables: readonly { table: string; lines: number; rows: number }[];
}

export interface CheckReport {
  name: string;
  what: string;
  rows: number;
  columns: readonly string[];
  /** The first rows, as text. */
  examples: readonly (readonly (string | null)[])[];
}

/** A column, and those that it may have been meant for. */
export interface NamedColumn {
  column: string;
  nearest: readonly string[];
}

export type ImportNote =
  | { kind: "ignored_columns"; from: string; columns: readonly NamedColumn[] }
  /** No row of a file was taken. `kept`: up to when the table is complete stays as it was. */
  | { kind: "nothing_taken"; table: string; from: string; read: number; watermark: "kept" | "told" }
  | { kind: "nothing_deleted"; table: string; unreadableKeys: number }
  /** The table is complete weeks past its newest row, since this import: days without rows count as empty. */
  | { kind: "leapt_ahead"; table: string; newest: string; completeThrough: string }
  | {
      kind: "unknown_reference";
      table: string;
      column: string;
      parent: string;
      rows: number;
      examples: readonly string[];
    }
  | {
      kind: "unknown_values";
      table: string;
      dimension: string;
      rows: number;
      examples: readonly string[];
    };

export interface ImportReport {
  source: string;
  /** ISO instants. */
  startedAt: string;
  finishedAt: string;
  tables: readonly TableReport[];
  files: readonly FileAccount[];
  checks: readonly CheckReport[];
  notes: readonly ImportNote[];
  /** A hundred at most, some of every kind, in the order of the files. */
  rejections: readonly Rejection[];
  /** A row may have several. */
  rejectionsInAll: number;
  /** Where all of them were written. */
  rejectionsFile: string | null;
}
