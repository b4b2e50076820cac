/** What is wrong with a definition of the company's own, where it stands, and who mends it how. */
import type { OwnSqlFault } from "../metrics/index.ts";
import { assertNever } from "../result.ts";
import type { FaultWords } from "./line-fault-words.ts";

/**
 * What the database said of the data is left out, for it may quote a row, and what it said of a literal;
 * what it said of the names in the SQL is told.
 */
export function ownSqlWords({ metric, place, reason }: OwnSqlFault): FaultWords {
  const file = place.file.split(/[\\/]/).at(-1);
  const problem = `${metric} (${file}:${place.line}) could not be computed: ${whatHappened(reason)}`;
  return { problem, next: whatToDo(metric, reason), type: [] };
}

function whatHappened(reason: OwnSqlFault["reason"]): string {
  switch (reason.kind) {
    case "no_login":
      return "no login for the company's own SQL is named, and it runs under no other.";
    case "login":
      return `the login for the company's own SQL cannot be used (${reason.code}).`;
    case "too_slow":
      return "its SQL took longer than it may, and was stopped.";
    case "cut_off":
      return "its session ended before it was done.";
    case "too_large":
      return "its SQL took more room on disk or in memory than it may, and was stopped.";
    case "too_many":
      return `it gives more than ${reason.most.toLocaleString("en")} rows after everything was added up.`;
    case "two_values":
      return `it gives ${reason.accounts.toLocaleString("en")} ${reason.accounts === 1 ? "account" : "accounts"} more than one value.`;
    case "forbidden":
      return `its SQL does what it may not${reason.isOfText ? ` (${reason.said})` : ""}.`;
    case "wrong_rows":
      return "its SQL gives columns of another type than are wanted.";
    case "refused":
      if (reason.isOfText && isOurs(reason.line)) return ofItsColumns(reason.said);
      return reason.isOfText
        ? `the database refuses its SQL (${reason.said}).`
        : `its SQL ${reason.code.startsWith("42") ? "is refused" : "fails on the data"} (${dataFaults[reason.code] ?? reason.code}).`;
    default:
      return assertNever(reason);
  }
}

/** Whether it is a line that the engine writes round the SQL, which reads its columns. */
export function isOurs(line: string | null): boolean {
  return line !== null && /^\) SELECT |^FROM u\b|^DECLARE guest /.test(line);
}

function ofItsColumns(said: string): string {
  if (said.startsWith("syntax error")) return `its SQL ends before its last word (${said}).`;
  const [, column] = /^column [uq]\.(?:")?(\w+)(?:")? does not exist$/.exec(said) ?? [];
  return column === undefined
    ? `a column of its SQL has another type than is wanted, or comes twice (${said}).`
    : `its SQL gives no column ${column}.`;
}

/** Source: PostgreSQL, appendix A. */
const dataFaults: Readonly<Record<string, string>> = {
  "21000": "a subquery gave more than one row",
  "22003": "a number is out of range",
  "22007": "a text is no date",
  "22008": "a date is out of range",
  "22012": "a division by zero",
  "22P02": "a text is not what it is read as",
  "42601": "a text is not written as it must be",
  "42704": "a text names what there is not",
  "42P01": "a text names no table",
};

function whatToDo(metric: string, { kind }: OwnSqlFault["reason"]): string {
  switch (kind) {
    case "no_login":
    case "login":
      return "The operator sets METRICS_DATABASE_URL (docs/running.md); kpi doctor checks it.";
    case "cut_off":
      return "Ask again in a minute: the database may have been restarted.";
    case "too_many":
      return `One of its dimensions is no dimension: kpi metrics check ${metric} says which.`;
    case "forbidden":
      return "It may only read, and nothing but source tables and files as they came (docs/own-metrics.md).";
    default:
      return `The operator mends the entry: kpi metrics check ${metric} shows it as it runs.`;
  }
}
