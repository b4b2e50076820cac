/** Messages that stand and say something older than their run: each is brought up to the latest once. */
import { z } from "zod";
import type { Sql } from "../db/index.ts";

export interface Standing {
  /** Of the delivery. */
  id: string;
  report: string;
  told: unknown;
  dueAt: string;
  sentAt: string;
  /** `slack:C0ALL`. */
  channel: string;
  thread: string | null;
  messageId: string;
  /** What it will show. */
  revision: number;
  attempts: number;
  fence: number;
}

const standing = z.object({
  id: z.string(),
  report: z.string(),
  told: z.unknown(),
  dueAt: z.string(),
  sentAt: z.string(),
  channel: z.string(),
  thread: z.string().nullable(),
  messageId: z.string(),
  revision: z.number(),
  attempts: z.number(),
  fence: z.coerce.number(),
});

const STALE = `FROM delivery c JOIN run k ON k.id = c.run_id
  WHERE c.state = 'sent' AND c.shown < k.revision
    AND coalesce(c.next_try_at, '-infinity') <= now() AND coalesce(c.lease_until, '-infinity') < now()`;

/** The channels of these platforms in which a message can be brought up to date now. */
export async function channelsToEditIn(sql: Sql, platforms: readonly string[]): Promise<string[]> {
  const rows = await sql.rows(
    z.object({ channel: z.string() }),
    `SELECT DISTINCT c.channel ${STALE} AND split_part(c.channel, ':', 1) = ANY ($1::text[])`,
    [platforms],
  );
  return rows.map(({ channel }) => channel);
}

/** Leases the next of a channel for as long as an edit may take; null when all are up to date. */
export async function leaseEdit(sql: Sql, channel: string): Promise<Standing | null> {
  const [leased] = await sql.rows(
    standing,
    `UPDATE delivery d SET fence = d.fence + 1, lease_until = now() + interval '60 seconds',
            attempts = CASE WHEN d.next_try_at IS NULL THEN 1 ELSE d.attempts + 1 END
     FROM run r
     WHERE r.id = d.run_id AND d.id = (
       SELECT c.id ${STALE} AND c.channel = $1
       ORDER BY c.created_at, c.id LIMIT 1 FOR UPDATE OF c SKIP LOCKED)
     RETURNING d.id, r.report, r.told, r.due_at AS "dueAt",
               d.sent_at AS "sentAt", d.channel,
               (SELECT p.message_id FROM delivery p WHERE p.id = d.parent) AS thread,
               d.message_id AS "messageId", r.revision, d.attempts, d.fence`,
    [channel],
  );
  return leased ?? null;
}

/** False when another has leased it since: then what it has shown may have been undone by ours. */
export async function markShown(
  sql: Sql,
  { id, fence, revision }: Standing,
  fault: string | null,
): Promise<boolean> {
  return (
    (await sql.run(
      `UPDATE delivery SET shown = $3, fault = $4, lease_until = NULL, next_try_at = NULL
       WHERE id = $1 AND fence = $2`,
      [id, fence, revision, fault],
    )) > 0
  );
}

/** It may stand as we left it, whatever another has recorded: it is to be shown once more. */
export async function showAgain(sql: Sql, { id }: Standing): Promise<void> {
  await sql.run("UPDATE delivery SET shown = -1 WHERE id = $1", [id]);
}

export async function markEditWaiting(
  sql: Sql,
  { id, fence }: Standing,
  fault: string,
  waitMs: number,
): Promise<void> {
  await sql.run(
    `UPDATE delivery SET fault = $3, lease_until = NULL, next_try_at = now() + $4 * interval '1 millisecond'
     WHERE id = $1 AND fence = $2`,
    [id, fence, fault, waitMs],
  );
}

/** What a run says from now on; false when it has been revised or built anew meanwhile. */
export async function reviseTold(
  sql: Sql,
  run: { id: number; revision: number },
  told: unknown,
): Promise<boolean> {
  return (
    (await sql.run(
      "UPDATE run SET told = $3, revision = revision + 1 WHERE id = $1 AND revision = $2 AND told IS NOT NULL",
      [run.id, run.revision, JSON.stringify(told)],
    )) > 0
  );
}
