import { assertNever } from "../result.ts";
import type { HeaderProblem, ImportFault, Place } from "./fault.ts";

/** What went wrong, what is allowed and that nothing was changed, in plain text for a terminal. */
export function tellImportFault(fault: ImportFault): string {
  return `${whatWentWrong(fault)}\nNothing was imported.`;
}

function whatWentWrong(fault: ImportFault): string {
  switch (fault.kind) {
    case "unreadable_file":
      return `${fault.file} cannot be read or written (${fault.code}).`;
    case "not_utf8":
      return `${fault.file} is ${fault.encoding}; a CSV file in UTF-8 is needed.`;
    case "no_header":
      return `${fault.file} is empty; its first row must name the columns.`;
    case "bad_header":
      return `${fault.file}:1: ${headerProblems[fault.problem](fault.column)}`;
    case "unclosed_quote":
      return `${fault.file}:${fault.line}: a quote is opened in this row and never closed.`;
    case "unknown_table":
      return `"${fault.table}" is no source table.${meant(fault.nearest)} Tables: ${fault.allowed.join(", ")}.`;
    case "no_tables":
      return `${fault.folder} has no <table>.csv. Tables: ${fault.allowed.join(", ")}.`;
    case "missing_columns":
      return [
        `${fault.from} lacks columns that ${fault.table} needs:`,
        ...fault.missing.map(tellMissing),
      ].join("\n");
    case "no_columns":
      return `${fault.from} has no column of ${fault.table}. Columns: ${fault.allowed.join(", ")}.`;
    case "mapping":
      return fault.problems
        .map(
          (problem) => `${at(problem)}  ${problem.path && `${problem.path}: `}${problem.message}`,
        )
        .join("\n");
    case "mapping_sql":
      return `${at(fault.place)}  ${fault.entry}: ${fault.message} (SQLSTATE ${fault.sqlState})`;
    default:
      return whatTheTableRefuses(fault);
  }
}

type TableFault = Extract<
  ImportFault,
  { kind: "future_watermark" | "empty_replacement" | "constraint" | "busy" | "raw_in_use" }
>;

function whatTheTableRefuses(fault: TableFault): string {
  switch (fault.kind) {
    case "future_watermark":
      return `${fault.table} cannot be complete through ${fault.completeThrough}, which is yet to come.`;
    case "empty_replacement":
      return `The file has no row, and replacing ${fault.table} with it would delete all ${fault.rows}.`;
    case "constraint":
      return `The rows do not fit ${fault.table}: they break ${fault.constraint} (SQLSTATE ${fault.sqlState}).`;
    case "busy":
      return `Another import holds ${fault.table || "a table"}; try again when it is done.`;
    case "raw_in_use":
      return `raw.${fault.name} has other columns now, and something in the database is built on it.`;
    default:
      return assertNever(fault);
  }
}

const headerProblems = {
  empty: () => "a column has no name.",
  repeated: (column) => `two columns are called "${column}".`,
  too_long: (column) => `the column name "${column}..." is longer than 63 bytes.`,
  too_many: (column) => `${column} columns are more than the 1,598 that fit.`,
  reserved: (column) =>
    `"${column}" is a column that the import adds; the file's own needs another name.`,
  unreadable: () => "the names of the columns cannot be read as CSV in UTF-8.",
  separator: (column) => `the columns must be separated by commas; the header is "${column}".`,
} satisfies Record<HeaderProblem, (column: string) => string>;

function tellMissing({ column, nearest }: { column: string; nearest: readonly string[] }): string {
  return `  ${column}${nearest.length === 0 ? "" : `  (is it ${nearest.map((name) => `"${name}"`).join(" or ")}?)`}`;
}

function meant(nearest: readonly string[]): string {
  return nearest.length === 0
    ? ""
    : ` Did you mean ${nearest.map((name) => `"${name}"`).join(" or ")}?`;
}

function at({ file, line, column }: Place): string {
  return `${file}:${line}:${column}`;
}
