/** Messages of ours that stand in a channel, or may stand there, as far as the outbox knows. */
import { z } from "zod";
import type { Sql } from "../db/index.ts";
import { IS_NOTICE } from "./run-store.ts";

const standing = z.object({
  /** Of the delivery. */
  id: z.string(),
  report: z.string(),
  told: z.unknown(),
  thread: z.string().nullable(),
  /** Null: an attempt may have arrived, and nobody knows as what. */
  messageId: z.string().nullable(),
  since: z.string(),
});

export type StandingReport = z.infer<typeof standing>;

/** What is being posted now is recorded in a moment, and then seen. */
const STANDS = "(d.state = 'sent' OR d.in_doubt AND d.state <> 'sending')";

/** Of these platforms, and no notice's, which holds no figure; those too from which figures were taken away, so that one learns when that is over. */
export async function channelsToWatch(sql: Sql, platforms: readonly string[]): Promise<string[]> {
  const rows = await sql.rows(
    z.object({ channel: z.string() }),
    `SELECT channel FROM (
       SELECT d.channel FROM delivery d JOIN run r ON r.id = d.run_id WHERE ${STANDS} AND NOT ${IS_NOTICE}
       UNION SELECT channel FROM standing_answer
       UNION SELECT subject ->> 'channel' FROM trouble WHERE over_at IS NULL AND about LIKE 'figures/%'
     ) watched WHERE split_part(channel, ':', 1) = ANY ($1::text[]) ORDER BY channel`,
    [platforms],
  );
  return rows.map(({ channel }) => channel);
}

/** What stands in threads first, for whose head has been deleted says no more where they are. */
export function standingReports(sql: Sql, channel: string): Promise<StandingReport[]> {
  return sql.rows(
    standing,
    `SELECT d.id, r.report, r.told, d.message_id AS "messageId", least(d.created_at, d.stored_at) AS since,
            (SELECT p.message_id FROM delivery p WHERE p.id = d.parent) AS thread
     FROM delivery d JOIN run r ON r.id = d.run_id
     WHERE d.channel = $1 AND ${STANDS} AND NOT ${IS_NOTICE}
     ORDER BY d.parent IS NULL, d.created_at, d.id`,
    [channel],
  );
}

/**
 * It stands there no more. What had been sent has ended by that; what was in doubt is it no more, and
 * waits or has ended as before. False when another has written so.
 */
export async function markWithdrawn(sql: Sql, id: string, code: string): Promise<boolean> {
  return (
    (await sql.run(
      `UPDATE delivery SET in_doubt = false, message_id = NULL,
              fault = CASE state WHEN 'sent' THEN $2 ELSE fault END,
              state = CASE state WHEN 'sent' THEN 'dead' ELSE state END
       WHERE id = $1 AND (state = 'sent' OR in_doubt AND state <> 'sending')`,
      [id, code],
    )) > 0
  );
}
