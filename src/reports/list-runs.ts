/** What was posted where, what waits, and what is due next. */
import { z } from "zod";
import type { Sql } from "../db/index.ts";
import type { WeekStart } from "../metrics/index.ts";
import type { ListedLoad, ListedPost, ListedRuns } from "../wording/index.ts";
import { IS_NOTICE, SOURCES } from "./run-store.ts";

export interface RunsWanted {
  /** Null: the latest that something was due for. */
  week: WeekStart | null;
  /** A report, or the first part of its name: `scorecard`, `team`, `team/GTM`; null: all. */
  report: string | null;
  /** Of this channel alone; null: of all. */
  channel: string | null;
}

const post: z.ZodType<ListedPost> = z.object({
  id: z.string(),
  report: z.string(),
  period: z.string(),
  channel: z.string(),
  state: z.enum(["pending", "sending", "sent", "ambiguous", "dead"]),
  fault: z.string().nullable(),
  isBuilt: z.boolean(),
  awaitsParent: z.boolean(),
  dueAt: z.string(),
  sentAt: z.string().nullable(),
  waitingMs: z.coerce.number().nullable(),
  nextTryMs: z.coerce.number().nullable(),
});

const MOST_POSTS = 300;

export async function listRuns(sql: Sql, wanted: RunsWanted): Promise<ListedRuns> {
  const { report, channel } = wanted;
  const week = wanted.week ?? (await latestWeek(sql));
  const posts = week === null ? [] : await postsOf(sql, { week, report, channel });
  return { week, posts, onlyIn: channel, load: await latestLoad(sql), next: await nextDue(sql) };
}

/** A notice belongs to the week in whose reports' days it was given. */
function postsOf(sql: Sql, { week, report, channel }: RunsWanted): Promise<ListedPost[]> {
  return sql.rows(
    post,
    `SELECT d.id, r.report, r.period::text AS period, d.channel, d.state, d.fault,
            r.told IS NOT NULL AS "isBuilt", coalesce(p.state <> 'sent', false) AS "awaitsParent",
            r.due_at AS "dueAt", d.sent_at AS "sentAt",
            CASE WHEN d.waits_for IS NOT NULL
              THEN extract(epoch FROM now() - d.waits_since) * 1000 END AS "waitingMs",
            CASE WHEN d.state = 'pending'
              THEN greatest(0, extract(epoch FROM d.next_try_at - now()) * 1000) END AS "nextTryMs"
     FROM delivery d JOIN run r ON r.id = d.run_id LEFT JOIN delivery p ON p.id = d.parent
     WHERE (r.period = $1::date AND NOT ${IS_NOTICE}
         OR ${IS_NOTICE} AND r.period >= $1::date + 7 AND r.period < $1::date + 14)
       AND ($2::text IS NULL OR r.report = $2 OR r.report LIKE $2 || '/%')
       AND ($3::text IS NULL OR d.channel = $3)
     ORDER BY r.id, d.channel LIMIT ${MOST_POSTS}`,
    [week, report, channel],
  );
}

/** Of what is posted: a load of the sources has the day it was due on, and posts nothing. */
async function latestWeek(sql: Sql): Promise<WeekStart | null> {
  const [row] = await sql.rows(
    z.object({ week: z.string().nullable() }),
    `SELECT max(period)::text AS week FROM run r
     WHERE NOT ${IS_NOTICE} AND report <> $1`,
    [SOURCES],
  );
  return row?.week ?? null;
}

const load: z.ZodType<ListedLoad> = z.object({
  dueAt: z.string(),
  isDone: z.boolean(),
  failures: z.number(),
  nextTryMs: z.coerce.number(),
});

/** It posts nothing, and all that is posted rests on it. */
async function latestLoad(sql: Sql): Promise<ListedLoad | null> {
  const [row] = await sql.rows(
    load,
    `SELECT due_at AS "dueAt", told IS NOT NULL AS "isDone", failures,
            greatest(0, coalesce(extract(epoch FROM next_build_at - now()), 0)) * 1000 AS "nextTryMs"
     FROM run WHERE report = $1 ORDER BY period DESC LIMIT 1`,
    [SOURCES],
  );
  return row ?? null;
}

function nextDue(sql: Sql): Promise<{ report: string; at: string }[]> {
  return sql.rows(
    z.object({ report: z.string(), at: z.string() }),
    `SELECT report, next_at AS at FROM schedule ORDER BY next_at, report`,
  );
}
