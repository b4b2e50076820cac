import { limits } from "./limits.ts";
import type {
  CheckReport,
  FileAccount,
  ImportNote,
  ImportReport,
  NamedColumn,
  Rejection,
  TableReport,
} from "./report.ts";

/** Rows of a check that are told; its count says how many there are. */
const TOLD_EXAMPLES = 25;

/** A report as plain text for a terminal, without a trailing line end. */
export function tellImport(report: ImportReport): string {
  return [
    tellTables(report.tables),
    tellFiles(report.files),
    tellRejections(report),
    tellChecks(report.checks),
    report.notes.map(tellNote).join("\n"),
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

const tableHeads = [
  "table",
  "read",
  "new",
  "changed",
  "unchanged",
  "deleted",
  "rejected",
  "repeated",
  "complete through",
];

function tellTables(tables: readonly TableReport[]): string {
  const rows = tables.map((table) => [
    table.table,
    ...[table.read, table.new, table.changed, table.unchanged].map(counted),
    ...[table.deleted, table.rejected, table.repeated].map(counted),
    table.completeThrough ?? "",
  ]);
  return columned([tableHeads, ...rows]);
}

function tellFiles(files: readonly FileAccount[]): string {
  if (files.length === 0) return "";
  const read = sum(files, (file) => file.read);
  const unexplained = sum(files, (file) => file.unexplained);
  const head =
    unexplained === 0
      ? `All ${counted(read)} rows of ${files.length} files are accounted for:`
      : `Of ${counted(read)} rows in ${files.length} files nobody knows where ${counted(unexplained)} went; name them under left_out:`;
  const heads = [
    "file",
    "read",
    "loaded",
    "merged",
    "rejected",
    "left out",
    "unexplained",
    "rows of tables",
  ];
  const rows = files.map((file) => [
    file.file,
    ...[file.read, file.loaded, file.merged, file.rejected].map(counted),
    counted(sum(file.leftOut, ({ rows }) => rows)),
    counted(file.unexplained),
    file.tables.map(({ table, rows }) => `${table} ${counted(rows)}`).join(", "),
  ]);
  const reasons = files.flatMap((file) =>
    file.leftOut.map(({ why, rows }) => `  ${file.file}: ${counted(rows)} left out: ${why}`),
  );
  return [head, columned([heads, ...rows]), ...reasons].join("\n");
}

export function tellRejections({
  rejections,
  rejectionsInAll,
  rejectionsFile,
}: ImportReport): string {
  if (rejectionsInAll === 0) return "";
  const shown =
    rejections.length < rejectionsInAll
      ? `, of which ${counted(rejections.length)}, some of every kind, are below`
      : "";
  const all = rejectionsFile === null ? "" : `; all are in ${rejectionsFile}`;
  return [
    `${counted(rejectionsInAll)} ${rejectionsInAll === 1 ? "fault" : "faults"} in rejected rows${shown}${all}:`,
    ...rejections.map(tellRejection),
  ].join("\n");
}

function tellRejection({ target, line, column, reason, value }: Rejection): string {
  const place = `${target}${line === null ? "" : `:${line}`}`;
  const quoted = value === null ? "" : `  ${quote(value)}`;
  return `  ${place}  ${column === null ? "" : `${column} `}${reason}${quoted}`;
}

function tellChecks(checks: readonly CheckReport[]): string {
  if (checks.length === 0) return "";
  return ["What the data says against itself, told and not mended:", ...checks.map(tellCheck)].join(
    "\n",
  );
}

function tellCheck({ name, what, rows, columns, examples }: CheckReport): string {
  const head = `${counted(rows)}  ${name}: ${what}`;
  const told = examples.slice(0, TOLD_EXAMPLES).map((cells) => {
    const pairs = cells.map(
      (cell, index) => `${columns[index] ?? ""} ${cell === null ? "(empty)" : printable(cell)}`,
    );
    return `    ${pairs.join(", ")}`;
  });
  const more = rows > told.length ? [`    and ${counted(rows - told.length)} more`] : [];
  return [head, ...told, ...(rows === 0 ? [] : more)].join("\n");
}

function tellNote(note: ImportNote): string {
  switch (note.kind) {
    case "ignored_columns":
      return `Note: ${note.from} has columns that the table has not: ${note.columns.map(tellColumn).join(", ")}`;
    case "nothing_taken":
      return tellNothingTaken(note);
    case "leapt_ahead":
      return `Note: ${note.table} is complete through ${note.completeThrough} now, though its newest row is of ${note.newest}: the weeks between count as empty. If its rows end there, import it again with --complete-through, and the day after the last that it has.`;
    case "nothing_deleted":
      return `Note: nothing was deleted from ${note.table}: the key of ${counted(note.unreadableKeys)} rejected rows cannot be read`;
    case "unknown_reference": {
      const named = note.examples.map(quote).join(", ");
      return `Note: in ${counted(note.rows)} ${note.rows === 1 ? "row" : "rows"} of ${note.table} the ${note.column} is not in ${note.parent}, so whatever looks it up there leaves them out: ${named}`;
    }
    case "unknown_values": {
      const named = note.examples.map(quote).join(", ");
      const what = note.rows === 1 ? "row" : "rows";
      return `Note: ${counted(note.rows)} ${what} of ${note.table} for a ${note.dimension} that no data have: ${named}`;
    }
    default:
      return note satisfies never;
  }
}

function tellColumn({ column, nearest }: NamedColumn): string {
  const meant = nearest.map((name) => `"${name}"`).join(" or ");
  return `${printable(column)}${meant && ` (is it ${meant}?)`}`;
}

function tellNothingTaken(note: Extract<ImportNote, { kind: "nothing_taken" }>): string {
  const { from, table, read, watermark } = note;
  const what = read === 0 ? `${from} has no rows` : `no row of ${from} could be taken`;
  if (watermark === "told") return `Note: ${what}.`;
  return `Note: ${what}, so up to when ${table} is complete stays as it was. If there was nothing to tell, say so with --complete-through.`;
}

/** Columns of numbers to the right, the first and the last to the left. */
function columned(rows: readonly (readonly string[])[]): string {
  const widths =
    rows[0]?.map((_, index) => Math.max(...rows.map((row) => row[index]?.length ?? 0))) ?? [];
  return rows
    .map((row) =>
      row
        .map((cell, index) => {
          const width = widths[index] ?? 0;
          return index === 0 || index === row.length - 1
            ? cell.padEnd(width)
            : cell.padStart(width);
        })
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

function counted(count: number): string {
  return String(count).replaceAll(/\B(?=(\d{3})+$)/g, ",");
}

function sum<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}

function quote(value: string): string {
  return `"${printable(value).slice(0, limits.quotedCharacters)}"`;
}

/** Nothing that a file holds may move the cursor or colour the terminal. */
export function printable(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, "\ufffd");
}
