/** What is wrong with a file of one row a week, with its lines and columns. */
import { tellFileFault, type WeeklyCsvFault } from "../ingest/index.ts";
import type { RowProblem } from "../metrics/index.ts";
import { assertNever } from "../result.ts";

const MOST = 100;

export function tellWeeklyCsvFault(fault: WeeklyCsvFault, kind: string): string {
  switch (fault.kind) {
    case "file":
      return tellFileFault(fault.fault);
    case "columns":
      return `${fault.file}:1: kind ${kind} needs the ${fault.missing.length === 1 ? "column" : "columns"} ${fault.missing.join(", ")}; the file has ${fault.found.join(", ")}.`;
    case "too_long":
      return `${fault.file} has more than ${fault.most} rows; a backtest takes one row a week.`;
    case "empty":
      return `${fault.file} names its columns and has no row.`;
    case "rows":
      return tellRowProblems(fault.file, fault.problems);
    default:
      return assertNever(fault);
  }
}

export function tellRowProblems(file: string, problems: readonly RowProblem[]): string {
  const told = problems
    .slice(0, MOST)
    .map(({ line, column, problem }) => `${file}:${line}  ${column}: ${problem}`);
  const more = problems.length - told.length;
  return [...told, ...(more > 0 ? [`and ${more} more`] : [])].join("\n");
}
