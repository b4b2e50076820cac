import { z } from "zod";
import type { Sql } from "../db/index.ts";
import { SCORECARD } from "./run-store.ts";

const missing = z.object({
  /** The name of the run that is missing. */
  report: z.string(),
  period: z.string(),
  /** The scorecard's delivery, in whose thread the line belongs. */
  parent: z.string(),
  parentChannel: z.string(),
  /** The signal's run, and where its message stands. */
  told: z.unknown(),
  channel: z.string(),
  messageId: z.string(),
});

/**
 * The lines that the threads of the latest scorecard lack, for signals of its week that have been
 * posted. What was claimed by a clock that was ahead is not the latest.
 */
export function missingLinks(sql: Sql, now: Temporal.Instant): Promise<z.infer<typeof missing>[]> {
  return sql.rows(
    missing,
    `WITH card AS (SELECT id, period FROM run WHERE report = $1 AND due_at <= $2 ORDER BY period DESC LIMIT 1),
       wanted AS (
         SELECT 'signal_link/' || substr(s.report, 8) || '/' || p.channel AS report, card.period,
                p.id AS parent, p.channel AS parent_channel, s.told, d.channel, d.message_id, p.created_at
         FROM card JOIN delivery p ON p.run_id = card.id AND p.state = 'sent'
         JOIN run s ON s.period = card.period AND s.report LIKE 'signal/%'
         JOIN delivery d ON d.run_id = s.id AND d.state = 'sent')
     SELECT w.report, w.period::text AS period, w.parent, w.parent_channel AS "parentChannel", w.told,
            w.channel, w.message_id AS "messageId"
     FROM wanted w
     WHERE NOT EXISTS (SELECT FROM run l WHERE l.report = w.report AND l.period = w.period)
     ORDER BY w.created_at, w.parent, w.report`,
    [SCORECARD, now.toString()],
  );
}
