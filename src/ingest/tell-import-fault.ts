import { assertNever } from "../result.ts";
import type { Place } from "../yaml-places.ts";
import type { OtherFile } from "./csv/file-kind.ts";
import type { HeaderProblem, ImportFault } from "./fault.ts";
import type { NamedColumn } from "./report.ts";
import { printable, tellRejections } from "./tell-import.ts";

/** What went wrong, what is allowed and that nothing was changed, in plain text for a terminal. */
export function tellImportFault(fault: ImportFault): string {
  return `${tellFileFault(fault)}\nNothing was imported.`;
}

/** The same where nothing was to be imported. */
export function tellFileFault(fault: ImportFault): string {
  switch (fault.kind) {
    case "unreadable_file":
      return unreadable(fault.file, fault.code);
    case "file_changed":
      return `${fault.file} was written to while it was read. Import it again when it is complete.`;
    case "interrupted":
      return "Interrupted.";
    case "rejected_rows":
      return `${tellRejections(fault.report)}\nWith --strict a rejected row stops the import.`;
    case "not_csv":
      return `${fault.file} ${otherFiles[fault.is]}`;
    case "broken_utf16":
      return `${fault.file} begins as UTF-16 and is broken further on. ${asUtf8}`;
    case "no_header":
      return `${fault.file} is empty; its first row must name the columns.`;
    case "bad_header":
      return `${fault.file}:1: ${headerProblems[fault.problem](printable(fault.column))}`;
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
        ...(fault.others.length === 0
          ? []
          : [
              `It has ${fault.others.slice(0, MOST_OTHERS).map(printable).join(", ")}${fault.others.length > MOST_OTHERS ? " and more" : ""}: not known to ${fault.table}.`,
              "Rename them in the file, or keep the file and write a mapping: docs/importing.md has one for a CRM's export.",
            ]),
      ].join("\n");
    case "no_columns":
      return `${fault.from} has no column of ${fault.table}. Columns: ${fault.allowed.join(", ")}.`;
    case "mapping":
      return fault.problems.map(tellProblem).join("\n");
    case "mapping_sql":
      return `${at(fault.place)}  ${fault.entry}: ${fault.message} (SQLSTATE ${fault.sqlState})`;
    default:
      return whatTheTableRefuses(fault);
  }
}

const MOST_OTHERS = 12;

const asUtf8 = 'A CSV file in UTF-8 is needed; spreadsheets call it "CSV UTF-8".';

function unreadable(file: string, code: string): string {
  switch (code) {
    case "ENOENT":
      return `There is no file or folder ${file}.`;
    case "EISDIR":
      return `${file} is a folder. Name a file, or import all <table>.csv of a folder with --dir.`;
    case "EACCES":
    case "EPERM":
      return `${file} may not be read or written by this user (${code}).`;
    case "ENOSPC":
      return `${file} cannot be written: the disk is full.`;
    default:
      return `${file} cannot be read or written (${code}).`;
  }
}

type TableFault = Extract<
  ImportFault,
  {
    kind:
      | "future_watermark"
      | "empty_replacement"
      | "constraint"
      | "busy"
      | "raw_in_use"
      | "source_database"
      | "no_source_database";
  }
>;

function whatTheTableRefuses(fault: TableFault): string {
  switch (fault.kind) {
    case "future_watermark":
      return `${fault.table} cannot be complete through ${fault.completeThrough}, which is yet to come.`;
    case "empty_replacement":
      return `The file has no row, and replacing ${fault.table} with it would delete all ${fault.rows}. If that is meant, leave out --mode replace and delete them in the database; then kpi refresh --full.`;
    case "constraint":
      return `The rows do not fit ${fault.table}: they break ${fault.constraint} (SQLSTATE ${fault.sqlState}).`;
    case "busy":
      return `Another import holds ${fault.table || "a table"}; try again when it is done.`;
    case "raw_in_use":
      return `raw.${fault.name} has other columns now, and something in the database is built on it.`;
    case "source_database":
      return `SOURCE_DATABASE_URL: ${tellSourceDatabase(fault.code)}`;
    case "no_source_database":
      return `${fault.entry} is a SELECT over your own database, and none is named. Set SOURCE_DATABASE_URL.`;
    default:
      return assertNever(fault);
  }
}

/** Of SQLSTATE, class 28 is a login that is refused and 3D000 a database that does not exist. */
export function tellSourceDatabase(code: string): string {
  if (code.startsWith("28"))
    return `the database refuses the login (${code}). Check the user and the password in it.`;
  if (code === "3D000")
    return `there is no database of that name (${code}). Correct the name in it.`;
  return `the database does not answer (${code}). Check that it runs, and the host and port in it.`;
}

const headerProblems = {
  empty: () => "a column has no name.",
  repeated: (column) => `two columns are called "${column}".`,
  too_long: (column) => `the column name "${column}..." is longer than 63 bytes.`,
  too_many: (column) => `${column} columns are more than the 1,598 that fit.`,
  reserved: (column) =>
    `"${column}" is a column that the import adds; the file's own needs another name.`,
  unreadable: () => `the names of the columns cannot be read as CSV. ${asUtf8}`,
  too_large: () => "the first row, which names the columns, is too large. Is this a CSV file?",
  utf16: () => `the first row holds NUL bytes, as UTF-16 does. ${asUtf8}`,
} satisfies Record<HeaderProblem, (column: string) => string>;

const otherFiles = {
  gzip: "is compressed (gzip). Unpack it first, as with gunzip, and import what comes out.",
  zip: `is a spreadsheet (.xlsx) or a zip archive. Of a spreadsheet save each sheet by "Save as", "CSV UTF-8"; an archive unpack first.`,
  old_excel: `is an old spreadsheet (.xls). Save each sheet by "Save as", "CSV UTF-8".`,
  pdf: "is a PDF. Export the table itself as CSV.",
  parquet:
    "is a Parquet file. Export it as CSV, as DuckDB does: COPY (FROM 'file.parquet') TO 'file.csv'.",
  web_page:
    "is a web page or XML, not the export: a download that asks for a login saves its page instead. Download it again in the browser.",
  json: "is JSON. Export it as CSV, one row a record.",
} satisfies Record<OtherFile, string>;

function tellMissing({ column, nearest }: NamedColumn): string {
  return `  ${column}${nearest.length === 0 ? "" : `  (is it ${nearest.map((name) => `"${name}"`).join(" or ")}?)`}`;
}

function meant(nearest: readonly string[]): string {
  return nearest.length === 0
    ? ""
    : ` Did you mean ${nearest.map((name) => `"${name}"`).join(" or ")}?`;
}

type MappingProblem = Extract<ImportFault, { kind: "mapping" }>["problems"][number];

function tellProblem(problem: MappingProblem): string {
  return `${at(problem)}  ${problem.path && `${problem.path}: `}${problem.message}`;
}

function at({ file, line, column }: Place): string {
  return `${file}:${line}:${column}`;
}
