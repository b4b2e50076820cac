import { z } from "zod";
import { isConnectionLoss } from "./connection-loss.ts";
import type { Database } from "./sql.ts";

/** `read_only`: a standby, or a primary that is being failed over. */
export type DatabaseState = "ready" | "read_only" | "away";

const ReadOnly = z.object({ is_read_only: z.boolean() });

/** For readiness: whether the database can be reached and written. Throws nothing but bugs. */
export async function databaseState(db: Database): Promise<DatabaseState> {
  try {
    const rows = await db.rows(
      ReadOnly,
      "SELECT pg_is_in_recovery() OR current_setting('transaction_read_only')::bool AS is_read_only",
    );
    return rows[0]?.is_read_only ? "read_only" : "ready";
  } catch (error) {
    if (isConnectionLoss(error)) return "away";
    throw error;
  }
}
