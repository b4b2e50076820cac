import type { OwnSqlFault } from "../metrics/index.ts";
import { ownSqlWords } from "../wording/index.ts";

/** On the machine's own terminal the database's words are told whole, which may quote a row. */
export function tellOwnSql(fault: OwnSqlFault): { problem: string; next: string } {
  const { problem, next } = ownSqlWords(fault);
  const said = "said" in fault.reason ? fault.reason.said : "";
  const isTold = said === "" || problem.includes(said);
  return { problem: isTold ? problem : `${problem} The database says: ${said}.`, next };
}
