import { z } from "zod";
import { DeadlinePassed, withDeadline } from "../deadline.ts";
import type { Database } from "./sql.ts";
import { whyUnavailable } from "./why-unavailable.ts";

/** `read_only`: a standby, or a primary that is being failed over. */
export type DatabaseState = "ready" | "read_only" | "away";

const ReadOnly = z.object({ is_read_only: z.boolean() });
/** A database that answers later than this is of no use to anybody who waits for an answer. */
const patienceMs = 3_000;

/** For readiness: whether the database can be reached and written. Throws nothing but bugs. */
export async function databaseState(db: Database): Promise<DatabaseState> {
  try {
    const asked = db.rows(
      ReadOnly,
      "SELECT pg_is_in_recovery() OR current_setting('transaction_read_only')::bool AS is_read_only",
    );
    const rows = await withDeadline(asked, patienceMs);
    return rows[0]?.is_read_only ? "read_only" : "ready";
  } catch (error) {
    if (error instanceof DeadlinePassed || whyUnavailable(error) !== null) return "away";
    throw error;
  }
}
