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
  signal: AbortSignal | undefined,
  work: (remote: Sql) => Promise<Result<T, ImportFault>>,
): Promise<Result<T, ImportFault>> {
  let isOpen = false;
  let done: Result<T, ImportFault> | null = null;
  const attempt = async (remote: Sql): Promise<void> => {
    isOpen = true;
    done = await work(remote);
  };
  try {
    await source.transaction(attempt, { readOnly: true, isolation: "repeatable read" });
  } catch (error) {
    // A transaction that only read may end as it likes: after a SELECT that failed it cannot be committed.
    if (done !== null) return done;
    // Once it is open, what breaks is told by whoever meets it.
    if (isOpen) throw error;
    if (signal?.aborted) return failed({ kind: "interrupted" });
    return failed({ kind: "source_database", code: databaseCode(error) });
  }
  if (done === null) throw new Error("the work on the source came to no end");
  return done;
}
