import type { Place } from "../yaml-places.ts";
import type { OtherFile } from "./csv/file-kind.ts";
import type { ImportReport, NamedColumn } from "./report.ts";

/** Why an import did nothing at all. Rows that are merely wrong are rejections in the report. */
export type ImportFault =
  | { kind: "unreadable_file"; file: string; code: string }
  /** Written to or replaced while it was read. */
  | { kind: "file_changed"; file: string }
  /** Another kind of file. */
  | { kind: "not_csv"; file: string; is: OtherFile }
  /** It begins as UTF-16 and is none. */
  | { kind: "broken_utf16"; file: string }
  | { kind: "no_header"; file: string }
  | { kind: "bad_header"; file: string; column: string; problem: HeaderProblem }
  | { kind: "unclosed_quote"; file: string; line: number }
  | { kind: "unknown_table"; table: string; nearest: readonly string[]; allowed: readonly string[] }
  | { kind: "no_tables"; folder: string; allowed: readonly string[] }
  /** `others`: columns that are there and are not the table's. */
  | {
      kind: "missing_columns";
      table: string;
      from: string;
      missing: readonly NamedColumn[];
      others: readonly string[];
    }
  | { kind: "no_columns"; table: string; from: string; allowed: readonly string[] }
  | { kind: "future_watermark"; table: string; completeThrough: string }
  | { kind: "empty_replacement"; table: string; rows: number }
  | { kind: "constraint"; table: string; constraint: string; sqlState: string }
  /** The caller's signal was aborted. */
  | { kind: "interrupted" }
  /** `strict`: rows were rejected, so none was taken. */
  | { kind: "rejected_rows"; report: ImportReport }
  | { kind: "busy"; table: string }
  | { kind: "raw_in_use"; name: string }
  /** The user's own database: a SQLSTATE, or the system's word for why it does not answer. */
  | { kind: "source_database"; code: string }
  /** A SELECT over it, and none was handed over. */
  | { kind: "no_source_database"; entry: string }
  | { kind: "mapping"; problems: readonly MappingProblem[] }
  | { kind: "mapping_sql"; place: Place; entry: string; sqlState: string; message: string };

export type HeaderProblem =
  | "empty"
  | "repeated"
  | "too_long"
  | "too_many"
  | "reserved"
  | "unreadable"
  | "too_large"
  | "utf16";

export interface MappingProblem extends Place {
  /** The key's path, such as `tables.accounts.mode`. */
  path: string;
  message: string;
}
