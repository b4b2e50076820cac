/** Runs and deliveries: who claims what, and what has been said where. */
import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { Database, Sql } from "../db/index.ts";
import { filtersHash, type WeekStart } from "../metrics/index.ts";
import { lastOccurrence, nextOccurrence, type WeeklyRule } from "./next-occurrence.ts";

export const SCORECARD = "scorecard";

export interface Run {
  id: number;
  report: string;
  period: WeekStart;
  /** How often it could not be built. */
  failures: number;
}

const runRow = z.object({
  id: z.coerce.number(),
  report: z.string(),
  period: z.string(),
  failures: z.number(),
});

export interface NewRun {
  report: string;
  period: WeekStart;
  dueAt: Temporal.Instant;
  now: Temporal.Instant;
  told?: unknown;
  /** Where it is to be said: each channel once, for ever. */
  channels: readonly { channel: string; parent: string | null }[];
}

/** Inserts a run and its deliveries; false when somebody else has: one report has one run a period. */
export async function claimRun(sql: Sql, run: NewRun): Promise<boolean> {
  const [claimed] = await sql.rows(
    z.object({ id: z.coerce.number() }),
    `INSERT INTO run (report, filters_hash, period, due_at, claimed_at, told) VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (report, filters_hash, period) DO NOTHING RETURNING id`,
    [
      run.report,
      filtersHash({}),
      run.period,
      run.dueAt.toString(),
      run.now.toString(),
      run.told === undefined ? null : JSON.stringify(run.told),
    ],
  );
  if (!claimed) return false;
  for (const { channel, parent } of run.channels) {
    await sql.run(
      `INSERT INTO delivery (id, run_id, channel, parent, created_at) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (run_id, channel) DO NOTHING`,
      [deliveryId(), claimed.id, channel, parent, run.now.toString()],
    );
  }
  return true;
}

/** Opaque, and short enough for Discord's nonce of 25 characters. */
function deliveryId(): string {
  return randomUUID().replaceAll("-", "").slice(0, 24);
}

/**
 * Stores a report's schedule. The next occurrence is reckoned anew from `now`, for the rule may have
 * changed or the clock been ahead; what is due already stays due, so that it is not forgotten. What
 * comes twice by that is told once, since a period has one run.
 */
export async function ensureSchedule(
  sql: Sql,
  report: string,
  rule: WeeklyRule,
  now: Temporal.Instant,
): Promise<void> {
  await sql.run(
    `INSERT INTO schedule (report, time_zone, weekday, wall_time, next_at) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (report) DO UPDATE SET time_zone = excluded.time_zone, weekday = excluded.weekday,
       wall_time = excluded.wall_time,
       next_at = CASE WHEN schedule.next_at <= $6 THEN schedule.next_at ELSE excluded.next_at END`,
    [
      report,
      rule.timeZone,
      rule.weekday,
      rule.wallTime,
      nextOccurrence(rule, now).toString(),
      now.toString(),
    ],
  );
}

/**
 * Takes a due schedule for the caller alone, moves it to its next occurrence and hands the due
 * instant to `work`, all in one transaction. Null when nothing is due. After a longer downtime it is
 * the latest occurrence that is due: one catches up once, with what is newest.
 */
export async function takeDue<T>(
  db: Database,
  report: string,
  rule: WeeklyRule,
  now: Temporal.Instant,
  work: (sql: Sql, dueAt: Temporal.Instant) => Promise<T>,
): Promise<T | null> {
  return db.transaction(async (sql) => {
    const [due] = await sql.rows(
      z.object({ seconds: z.coerce.number() }),
      `SELECT extract(epoch FROM next_at)::bigint AS seconds FROM schedule
       WHERE report = $1 AND next_at <= $2 FOR UPDATE SKIP LOCKED`,
      [report, now.toString()],
    );
    if (!due) return null;
    const stored = Temporal.Instant.fromEpochMilliseconds(due.seconds * 1000);
    const latest = lastOccurrence(rule, now);
    const done = await work(sql, Temporal.Instant.compare(latest, stored) > 0 ? latest : stored);
    await sql.run("UPDATE schedule SET next_at = $2 WHERE report = $1", [
      report,
      nextOccurrence(rule, now).toString(),
    ]);
    return done;
  });
}

/** The report's latest run, when it has not been built and is not waiting to be tried again. */
export async function unbuiltRun(sql: Sql, report: string): Promise<Run | null> {
  const [run] = await sql.rows(
    runRow,
    `SELECT id, report, period::text AS period, failures FROM run r
     WHERE report = $1 AND told IS NULL AND coalesce(next_build_at, '-infinity') <= now()
       AND NOT EXISTS (SELECT FROM run later WHERE later.report = r.report AND later.period > r.period)`,
    [report],
  );
  return run ?? null;
}

/** The first of a pair, the run's id being the second. */
const BUILD_LOCK = 7_206_200;

/**
 * Keeps others from building the run until the transaction ends, by a crash too; false when another
 * is at it. Only to spare work: whoever builds it as well stores nothing.
 */
export async function lockBuild(sql: Sql, run: Run): Promise<boolean> {
  const [lock] = await sql.rows(
    z.object({ taken: z.boolean() }),
    `SELECT pg_try_advisory_xact_lock($1, ($2::bigint % 2147483647)::int)
        AND EXISTS (SELECT FROM run WHERE id = $2 AND told IS NULL) AS taken`,
    [BUILD_LOCK, run.id],
  );
  return lock?.taken ?? false;
}

export async function delayBuild(sql: Sql, run: Run, waitMs: number): Promise<void> {
  await sql.run(
    `UPDATE run SET failures = failures + 1, next_build_at = now() + $2 * interval '1 millisecond'
     WHERE id = $1 AND told IS NULL`,
    [run.id, waitMs],
  );
}

/** Stores what a run says, once: false when it has been built meanwhile. */
export async function storeTold(sql: Sql, run: Run, told: unknown): Promise<boolean> {
  return (
    (await sql.run("UPDATE run SET told = $2 WHERE id = $1 AND told IS NULL", [
      run.id,
      JSON.stringify(told),
    ])) > 0
  );
}
