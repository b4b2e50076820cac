/** The outbox: leases by the database's clock, with a fencing token against a process that slept. */
import { z } from "zod";
import type { Database, Sql } from "../db/index.ts";
import type { WeekStart } from "../metrics/index.ts";

export interface Delivery {
  id: string;
  report: string;
  period: WeekStart;
  told: unknown;
  /** `slack:C0ALL`. */
  channel: string;
  /** The message in whose thread it is said; null: in the channel. */
  thread: string | null;
  attempts: number;
  /** Only the holder of the latest fence may write the outcome. */
  fence: number;
  createdAt: string;
}

const deliveryRow = z.object({
  id: z.string(),
  report: z.string(),
  period: z.string(),
  told: z.unknown(),
  channel: z.string(),
  thread: z.string().nullable(),
  attempts: z.number(),
  fence: z.coerce.number(),
  createdAt: z.string(),
});

/** Longer than a post may take with its picture: time-outs of 10 s a call. */
const LEASE = "120 seconds";

/**
 * Leases the next delivery that can be tried: built, its parent sent, not leased by another (or its
 * lease over) and not waiting. Null when there is none.
 */
export async function leaseDelivery(db: Database): Promise<Delivery | null> {
  const [leased] = await db.rows(
    deliveryRow,
    `UPDATE delivery d SET state = 'sending', attempts = d.attempts + 1, fence = d.fence + 1,
            lease_until = now() + interval '${LEASE}'
     FROM run r
     WHERE r.id = d.run_id AND d.id = (
       SELECT c.id FROM delivery c JOIN run k ON k.id = c.run_id LEFT JOIN delivery p ON p.id = c.parent
       WHERE k.told IS NOT NULL AND (c.parent IS NULL OR p.state = 'sent')
         AND (c.state = 'pending' AND coalesce(c.next_try_at, '-infinity') <= now()
              OR c.state = 'sending' AND c.lease_until < now())
       ORDER BY c.created_at, c.id LIMIT 1 FOR UPDATE OF c SKIP LOCKED)
     RETURNING d.id, r.report, r.period::text AS period, r.told, d.channel,
               (SELECT p.message_id FROM delivery p WHERE p.id = d.parent) AS thread,
               d.attempts, d.fence, d.created_at AS "createdAt"`,
  );
  return leased ?? null;
}

/** Each of these is written only while the lease is still ours; false: another has taken over. */
export async function markSent(
  sql: Sql,
  delivery: Delivery,
  messageId: string,
  now: Temporal.Instant,
): Promise<boolean> {
  return settle(sql, delivery, "state = 'sent', message_id = $3, sent_at = $4, fault = NULL", [
    messageId,
    now.toString(),
  ]);
}

export async function markWaiting(
  sql: Sql,
  delivery: Delivery,
  fault: string,
  waitMs: number,
): Promise<boolean> {
  return settle(
    sql,
    delivery,
    "state = 'pending', fault = $3, next_try_at = now() + $4 * interval '1 millisecond'",
    [fault, waitMs],
  );
}

export async function markEnded(
  sql: Sql,
  delivery: Delivery,
  state: "ambiguous" | "dead",
  fault: string,
): Promise<boolean> {
  return settle(sql, delivery, "state = $4, fault = $3", [fault, state]);
}

async function settle(
  sql: Sql,
  delivery: Delivery,
  set: string,
  values: readonly unknown[],
): Promise<boolean> {
  return (
    (await sql.run(`UPDATE delivery SET ${set}, lease_until = NULL WHERE id = $1 AND fence = $2`, [
      delivery.id,
      delivery.fence,
      ...values,
    ])) > 0
  );
}

export interface SentDelivery {
  id: string;
  channel: string;
  messageId: string;
}

/** Where a report of a period has been said in channels. */
export function sentDeliveries(
  sql: Sql,
  report: string,
  period: WeekStart,
): Promise<SentDelivery[]> {
  return sql.rows(
    z.object({ id: z.string(), channel: z.string(), messageId: z.string() }),
    `SELECT d.id, d.channel, d.message_id AS "messageId" FROM delivery d JOIN run r ON r.id = d.run_id
     WHERE r.report = $1 AND r.period = $2 AND d.state = 'sent' ORDER BY d.created_at, d.id`,
    [report, period],
  );
}
