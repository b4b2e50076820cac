/** Runs and deliveries: who claims what, and what has been said where. */
import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { Database, Sql } from "../db/index.ts";
import { filtersHash, type WeekStart } from "../metrics/index.ts";
import { nextOccurrence, type WeeklyRule } from "./next-occurrence.ts";

export const SCORECARD = "scorecard";

export interface Run {
  id: number;
  report: string;
  period: WeekStart;
  /** What it says, as data; null until it is built. */
  told: unknown;
}

const runRow = z.object({
  id: z.coerce.number(),
  report: z.string(),
  period: z.string(),
  told: z.unknown(),
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
      "INSERT INTO delivery (id, run_id, channel, parent, created_at) VALUES ($1, $2, $3, $4, $5)",
      [deliveryId(), claimed.id, channel, parent, run.now.toString()],
    );
  }
  return true;
}

/** Opaque, and short enough for Discord's nonce of 25 characters. */
function deliveryId(): string {
  return randomUUID().replaceAll("-", "").slice(0, 24);
}

/** Stores a report's schedule; a changed rule begins anew from `now`, so that nothing is said twice. */
export async function ensureSchedule(
  sql: Sql,
  report: string,
  rule: WeeklyRule,
  now: Temporal.Instant,
): Promise<void> {
  await sql.run(
    `INSERT INTO schedule (report, time_zone, weekday, wall_time, next_at) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (report) DO UPDATE SET time_zone = excluded.time_zone, weekday = excluded.weekday,
       wall_time = excluded.wall_time, next_at = excluded.next_at
     WHERE (schedule.time_zone, schedule.weekday, schedule.wall_time) IS DISTINCT FROM (excluded.time_zone, excluded.weekday, excluded.wall_time)`,
    [report, rule.timeZone, rule.weekday, rule.wallTime, nextOccurrence(rule, now).toString()],
  );
}

/**
 * Takes a due schedule for the caller alone, moves it to its next occurrence and hands the due
 * instant to `work`, all in one transaction. Null when nothing is due.
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
    const done = await work(sql, Temporal.Instant.fromEpochMilliseconds(due.seconds * 1000));
    await sql.run("UPDATE schedule SET next_at = $2 WHERE report = $1", [
      report,
      nextOccurrence(rule, now).toString(),
    ]);
    return done;
  });
}

export function unbuiltRuns(sql: Sql, report: string): Promise<Run[]> {
  return sql.rows(
    runRow,
    "SELECT id, report, period::text AS period, told FROM run WHERE report = $1 AND told IS NULL ORDER BY period",
    [report],
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
