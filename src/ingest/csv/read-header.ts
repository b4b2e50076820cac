import { parse } from "csv-parse/sync";
import { failed, ok, type Result } from "../../result.ts";
import type { HeaderProblem } from "../fault.ts";
import { limits } from "../limits.ts";
import type { Separator } from "./separator.ts";

/** Columns that the stage adds to those of the file. */
const stageColumns = { line: "_line", flaw: "_flaw" } as const;

/** The names in a header row, trimmed, in the file's own spelling; or which name is wrong and how. */
export function readHeader(
  row: string,
  separator: Separator,
): Result<string[], { column: string; problem: HeaderProblem }> {
  const names = namesOf(row, separator);
  if (names === null)
    return failed({ column: row.slice(0, limits.nameBytes), problem: "unreadable" });
  if (names.length > limits.columns)
    return failed({ column: String(names.length), problem: "too_many" });
  const seen = new Set<string>();
  for (const column of names) {
    const problem = problemOf(column, seen);
    if (problem !== null) return failed({ column: column.slice(0, limits.nameBytes), problem });
    seen.add(column.toLowerCase());
  }
  return ok(names);
}

function namesOf(row: string, separator: Separator): string[] | null {
  try {
    const [names] = parse(row, { relax_column_count: true, trim: true, delimiter: separator });
    return names ?? null;
  } catch {
    return null;
  }
}

function problemOf(column: string, seen: ReadonlySet<string>): HeaderProblem | null {
  if (column === "") return "empty";
  if (seen.has(column.toLowerCase())) return "repeated";
  if (Buffer.byteLength(column) > limits.nameBytes) return "too_long";
  if (column.includes("\0") || column.includes("\ufffd")) return "unreadable";
  return column === stageColumns.line || column === stageColumns.flaw ? "reserved" : null;
}
