/** The outbox: leases by the database's clock, with a fencing token against a process that slept. */
import { z } from "zod";
import type { Sql } from "../db/index.ts";
import type { WeekStart } from "../metrics/index.ts";
import type { WaitsFor } from "./next-step.ts";

export interface Delivery {
  id: string;
  report: string;
  period: WeekStart;
  told: unknown;
  /** When its report was due, by the program's clock. */
  dueAt: string;
  /** `slack:C0ALL`. */
  channel: string;
  /** The message in whose thread it is said; null: in the channel. */
  thread: string | null;
  /** 1 for the first. What was refused for being too many is not counted. */
  attempts: number;
  /** An earlier attempt may have arrived. */
  inDoubt: boolean;
  /** Only the holder of the latest fence may write the outcome. */
  fence: number;
  /** From when on it may stand in the channel, by whichever clock was behind: the program's or the database's. */
  since: string;
}

const deliveryRow = z.object({
  id: z.string(),
  report: z.string(),
  period: z.string(),
  told: z.unknown(),
  dueAt: z.string(),
  channel: z.string(),
  thread: z.string().nullable(),
  attempts: z.number(),
  inDoubt: z.boolean(),
  fence: z.coerce.number(),
  since: z.string(),
});

/** Longer than a post may take with its picture: time-outs of 10 s a call. */
const LEASE = "interval '120 seconds'";

/** Built, its parent sent, not leased by another (or its lease over), and not waiting. */
const TRYABLE = `FROM delivery c JOIN run k ON k.id = c.run_id LEFT JOIN delivery p ON p.id = c.parent
  WHERE k.told IS NOT NULL AND (c.parent IS NULL OR p.state = 'sent')
    AND (c.state = 'pending' AND coalesce(c.next_try_at, '-infinity') <= now()
         OR c.state = 'sending' AND c.lease_until < now())`;

/** The channels of these platforms in which something can be tried now. */
export async function channelsToPostTo(sql: Sql, platforms: readonly string[]): Promise<string[]> {
  const rows = await sql.rows(
    z.object({ channel: z.string() }),
    `SELECT DISTINCT c.channel ${TRYABLE} AND split_part(c.channel, ':', 1) = ANY ($1::text[])`,
    [platforms],
  );
  return rows.map(({ channel }) => channel);
}

/**
 * Leases the next delivery of a channel that can be tried; null when there is none. One that was taken
 * over in the middle is in doubt.
 */
export async function leaseDelivery(db: Sql, channel: string): Promise<Delivery | null> {
  const [leased] = await db.rows(
    deliveryRow,
    `UPDATE delivery d SET state = 'sending', attempts = d.attempts + 1, fence = d.fence + 1,
            in_doubt = d.in_doubt OR d.state = 'sending', lease_until = now() + ${LEASE}
     FROM run r
     WHERE r.id = d.run_id AND d.id = (
       SELECT c.id ${TRYABLE} AND c.channel = $1
       ORDER BY c.created_at, c.id LIMIT 1 FOR UPDATE OF c SKIP LOCKED)
     RETURNING d.id, r.report, r.period::text AS period, r.told, r.due_at AS "dueAt", d.channel,
               (SELECT p.message_id FROM delivery p WHERE p.id = d.parent) AS thread,
               d.attempts, d.in_doubt AS "inDoubt", d.fence,
               least(d.created_at, d.stored_at) AS since`,
    [channel],
  );
  return leased ?? null;
}

/**
 * Begins the lease anew, right before the message goes out: a process that slept since it leased
 * learns here that another has taken over (false) and must not post.
 */
export async function renewLease(sql: Sql, delivery: Delivery): Promise<boolean> {
  return (
    (await sql.run(
      `UPDATE delivery SET lease_until = now() + ${LEASE} WHERE id = $1 AND fence = $2 AND state = 'sending'`,
      [delivery.id, delivery.fence],
    )) > 0
  );
}

/** What stands in a channel. */
export interface Stands {
  messageId: string;
  at: Temporal.Instant;
  /** False where its picture is missing, or may be: it is to be shown again. */
  isWhole: boolean;
}

/**
 * The first message that is known to stand is recorded, whoever holds the lease: nobody posts another
 * after that. False: one has been recorded already, which may be this very one (`recordedMessage`).
 */
export async function markSent(
  sql: Sql,
  { id }: Pick<Delivery, "id">,
  { messageId, at, isWhole }: Stands,
): Promise<boolean> {
  return (
    (await sql.run(
      `UPDATE delivery SET state = 'sent', message_id = $2, sent_at = $3, fault = NULL, waits_for = NULL,
              lease_until = NULL, next_try_at = NULL, shown = CASE WHEN $4 THEN shown ELSE -1 END
       WHERE id = $1 AND state <> 'sent'`,
      [id, messageId, at.toString(), isWhole],
    )) > 0
  );
}

export interface Waiting {
  fault: string;
  waitMs: number;
  /** The attempt may have arrived all the same. */
  inDoubt: boolean;
  /** False where the platform only asked to come again later. */
  counts: boolean;
  waitsFor: WaitsFor;
}

export async function markWaiting(
  sql: Sql,
  delivery: Delivery,
  { fault, waitMs, inDoubt, counts, waitsFor }: Waiting,
): Promise<boolean> {
  return settle(
    sql,
    delivery,
    `state = 'pending', fault = $3, next_try_at = now() + $4 * interval '1 millisecond',
     in_doubt = $5, attempts = attempts - $6::int, waits_for = $7,
     waits_since = CASE WHEN waits_for = $7 THEN waits_since ELSE now() END`,
    [fault, waitMs, inDoubt, counts ? 0 : 1, waitsFor],
  );
}

export async function markEnded(
  sql: Sql,
  delivery: Delivery,
  state: "ambiguous" | "dead",
  fault: string,
): Promise<boolean> {
  return settle(sql, delivery, "state = $4, fault = $3, waits_for = NULL, ended_at = now()", [
    fault,
    state,
  ]);
}

/** Written once, while the lease is still ours; false: another has taken over. */
async function settle(
  sql: Sql,
  delivery: Delivery,
  set: string,
  values: readonly unknown[],
): Promise<boolean> {
  return (
    (await sql.run(
      `UPDATE delivery SET ${set}, lease_until = NULL
       WHERE id = $1 AND fence = $2 AND state = 'sending'`,
      [delivery.id, delivery.fence, ...values],
    )) > 0
  );
}

/** Where it has been recorded as sent, by whomever; null while it has not. */
export async function recordedMessage(sql: Sql, id: string): Promise<string | null> {
  const [row] = await sql.rows(
    z.object({ messageId: z.string().nullable() }),
    `SELECT message_id AS "messageId" FROM delivery WHERE id = $1 AND state = 'sent'`,
    [id],
  );
  return row?.messageId ?? null;
}

/** Ends what has not been said of a report's earlier periods and nobody is saying: the newer one takes its place. */
export async function endSuperseded(sql: Sql, report: string, period: WeekStart): Promise<number> {
  return sql.run(
    `UPDATE delivery d SET state = 'dead', fault = 'superseded', waits_for = NULL, ended_at = now() FROM run r
     WHERE r.id = d.run_id AND r.report = $1 AND r.period < $2
       AND (d.state = 'pending' OR d.state = 'sending' AND d.lease_until < now())`,
    [report, period],
  );
}
