import type { Sql } from "../db/index.ts";

/**
 * What must not be done a second time: the program that was exported went on, and nobody knows how far.
 * Schedules begin anew at the next start, so that nothing is due of the time in between. What was on its
 * way is looked up in its channel before it is posted, by the id that it had. Questions cannot be looked
 * up, and were answered by the other; what was said in threads is still to be kept here.
 */
export async function settleRestored(sql: Sql): Promise<void> {
  await sql.run("DELETE FROM bot.schedule");
  await sql.run(
    `UPDATE bot.delivery SET state = 'pending', in_doubt = true, lease_until = NULL, next_try_at = NULL
     WHERE state IN ('pending', 'sending')`,
  );
  await sql.run("UPDATE bot.delivery SET lease_until = NULL WHERE lease_until IS NOT NULL");
  await sql.run(
    `UPDATE bot.inbox SET settled_at = now(), body = NULL
     WHERE settled_at IS NULL AND body ->> 'kind' <> 'thread_reply'`,
  );
}
