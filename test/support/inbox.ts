/** What stands in the inbox, and time that passes there. */
import { z } from "zod";
import type { Database } from "../../src/db/index.ts";

/** What somebody deals with, or nobody any more; oldest first. */
export function unsettled(db: Database): Promise<{ id: string; body: unknown }[]> {
  return db.rows(
    z.object({ id: z.string(), body: z.unknown() }),
    `SELECT id, body FROM bot.inbox WHERE settled_at IS NULL AND body IS NOT NULL
     ORDER BY received_at`,
  );
}

/** As if whoever dealt with it had been gone for so long that it is anybody's. */
export async function outlastLeases(db: Database): Promise<void> {
  await db.run("UPDATE bot.inbox SET lease_until = now() - interval '1 second'");
}
