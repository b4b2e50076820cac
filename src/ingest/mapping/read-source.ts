/** The user's own database, read as it stands at one moment. */
import { type Database, databaseCode, type Sql } from "../../db/index.ts";
import { failed, type Result } from "../../result.ts";
import type { ImportFault } from "../fault.ts";

/**
 * Does `work` with one snapshot for all its SELECTs, which can change nothing. Fault `source_database`
 * when the database cannot be reached or refuses the login.
 */
export async function readSource<T>(
  source: Database,
  work: (remote: Sql) => Promise<Result<T, ImportFault>>,
): Promise<Result<T, ImportFault>> {
  let isOpen = false;
  const attempt = (remote: Sql): Promise<Result<T, ImportFault>> => {
    isOpen = true;
    return work(remote);
  };
  try {
    return await source.transaction(attempt, { readOnly: true, isolation: "repeatable read" });
  } catch (error) {
    // From then on what breaks is told by whoever meets it.
    if (isOpen) throw error;
    return failed({ kind: "source_database", code: databaseCode(error) });
  }
}
