/** What was said under signals, and where. */
import { z } from "zod";
import type { Sql } from "../db/index.ts";
import { channelName, type MessageRef, personName, type ThreadReply } from "../message.ts";
import type { WeekStart } from "../metrics/index.ts";

/** The thread of a signal begins with the message that told it; doing it again changes nothing. */
export async function openThread(sql: Sql, signalId: number, head: MessageRef): Promise<void> {
  await sql.run(
    `INSERT INTO thread (signal_id, platform, channel, message_id) VALUES ($1, $2, $3, $4)
     ON CONFLICT (platform, channel, message_id) DO NOTHING`,
    [signalId, head.platform, head.channel, head.id],
  );
}

/** Stores what a person said in a thread of ours; false when the thread is none of ours or it is known. */
export async function keepReply(sql: Sql, reply: ThreadReply): Promise<boolean> {
  if (reply.fromBot) return false;
  const stored = await sql.run(
    `INSERT INTO thread_reply (thread_id, message_id, author, said_at, text)
     SELECT id, $4, $5, $6, $7 FROM thread WHERE platform = $1 AND channel = $2 AND message_id = $3
     ON CONFLICT (thread_id, message_id) DO NOTHING`,
    [
      reply.head.platform,
      reply.head.channel,
      reply.head.id,
      reply.id,
      personName(reply.author),
      reply.at.toString(),
      // The one character that Postgres cannot hold.
      reply.text.replaceAll("\0", ""),
    ],
  );
  return stored > 0;
}

export interface TrackedThread {
  head: MessageRef;
  /** A reply, and whatever is missing was said after it; null: after the head. */
  readFrom: string | null;
}

/**
 * The threads of a platform, the newest hundred: older discussions are over. What is there of the last
 * day is read again: a reply that arrives when the gap is over may be stored before the gap is filled,
 * and would hide it.
 */
export async function trackedThreads(sql: Sql, platform: string): Promise<TrackedThread[]> {
  const rows = await sql.rows(
    z.object({
      platform: z.string(),
      channel: z.string(),
      message_id: z.string(),
      read_from: z.string().nullable(),
    }),
    `SELECT t.platform, t.channel, t.message_id,
            (SELECT r.message_id FROM thread_reply r
             WHERE r.thread_id = t.id AND r.said_at < now() - interval '1 day'
             ORDER BY r.said_at DESC LIMIT 1) AS read_from
     FROM thread t WHERE t.platform = $1 ORDER BY t.id DESC LIMIT 100`,
    [platform],
  );
  return rows.map((row) => ({
    head: { platform: row.platform, channel: row.channel, id: row.message_id },
    readFrom: row.read_from,
  }));
}

export interface Remark {
  week: WeekStart;
  /** `slack:U0ANA`. */
  author: string;
  /** The channel it was said in, `slack:C0PRD`. */
  channel: string;
  saidAt: string;
  text: string;
}

/** What was said of a metric's signals, the latest first, but for what was said in `closed` channels. */
export async function discussionOf(
  sql: Sql,
  metric: string,
  most: number,
  closed: readonly string[],
): Promise<Remark[]> {
  const rows = await sql.rows(
    z.object({
      week: z.string(),
      author: z.string(),
      platform: z.string(),
      channel: z.string(),
      said_at: z.string(),
      text: z.string(),
    }),
    `SELECT s.opened_week::text AS week, r.author, t.platform, t.channel, r.said_at, r.text
     FROM thread_reply r JOIN thread t ON t.id = r.thread_id JOIN signal s ON s.id = t.signal_id
     WHERE s.metric = $1 AND t.platform || ':' || t.channel <> ALL ($3::text[])
     ORDER BY r.said_at DESC LIMIT $2`,
    [metric, most, closed],
  );
  return rows.map((row) => ({
    week: row.week,
    author: row.author,
    channel: channelName(row),
    saidAt: row.said_at,
    text: row.text,
  }));
}
