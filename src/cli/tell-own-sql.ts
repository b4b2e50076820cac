import type { OwnSqlFault } from "../metrics/index.ts";
import { isOurs, ownSqlWords } from "../wording/index.ts";

/** On the machine's own terminal the database's words are told whole, which may quote a row. */
export function tellOwnSql(fault: OwnSqlFault): { problem: string; next: string } {
  const { problem, next } = ownSqlWords(fault);
  const said = "said" in fault.reason ? fault.reason.said : "";
  const isTold = said === "" || problem.includes(said);
  const line = "line" in fault.reason ? fault.reason.line : null;
  const words = [
    problem,
    ...(isTold || isOurs(line) ? [] : [`The database says: ${said}.`]),
    ...(line === null || isOurs(line) ? [] : [`The line: ${line}`]),
  ];
  return { problem: words.join(" "), next };
}
