/** What is said of an error that nobody expected: never its message, which may quote data or a password. */
import { isConnectionLoss, sqlState } from "../db/index.ts";
import { errorFields } from "../log.ts";

export function tellCrash(error: unknown): string {
  const { error: name, code } = errorFields(error);
  if (isConnectionLoss(error))
    return `The database went away${code === undefined ? "" : ` (${code})`}. Check that it runs, and try again.`;
  const state = sqlState(error);
  if (state !== null) return `The database refused a statement (${state}).`;
  const place = error instanceof Error ? frames(error) : "";
  return `kpi: ${name}${code === undefined ? "" : ` (${code})`}, which is a bug.${place}`;
}

function frames({ stack = "" }: Error): string {
  const lines = stack.split("\n").filter((line) => line.startsWith("    at "));
  return lines.map((line) => `\n${line}`).join("");
}
