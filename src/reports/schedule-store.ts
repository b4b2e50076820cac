/** When each report is due next: wall time and zone are kept, the clock is looked at every second. */
import { z } from "zod";
import type { Database, Sql } from "../db/index.ts";
import { lastOccurrence, nextOccurrence, type WallRule } from "./next-occurrence.ts";

export interface Schedule {
  report: string;
  rule: WallRule;
}

/**
 * Stores the schedules of kpi.yaml, and ends those that it no longer has. The next occurrence is
 * reckoned anew from `now`, for the rule may have changed or the clock been ahead; what is due already
 * stays due, so that it is not forgotten. What comes twice by that is told once, since a period has
 * one run.
 */
export async function keepSchedules(
  db: Database,
  schedules: readonly Schedule[],
  now: Temporal.Instant,
): Promise<void> {
  await db.transaction(async (sql) => {
    await sql.run("DELETE FROM schedule WHERE report <> ALL ($1::text[])", [
      schedules.map(({ report }) => report),
    ]);
    for (const schedule of schedules) await keepSchedule(sql, schedule, now);
  });
}

async function keepSchedule(
  sql: Sql,
  { report, rule }: Schedule,
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
  { report, rule }: Schedule,
  now: Temporal.Instant,
  work: (sql: Sql, dueAt: Temporal.Instant) => Promise<T>,
): Promise<T | null> {
  return db.transaction(async (sql) => {
    const next = nextOccurrence(rule, now).toString();
    await takeBack(sql, report, now, next);
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
    await sql.run(
      "UPDATE schedule SET taken_at = next_at, clock_then = $3, next_at = $2 WHERE report = $1",
      [report, next, now.toString()],
    );
    return done;
  });
}

/** A clock that was ahead took what was not due, and all before it: without this they would pass in silence. */
async function takeBack(
  sql: Sql,
  report: string,
  now: Temporal.Instant,
  next: string,
): Promise<void> {
  await sql.run(
    `UPDATE schedule SET next_at = least(taken_at, $3::timestamptz), clock_then = NULL
     WHERE report = $1 AND clock_then > $2`,
    [report, now.toString(), next],
  );
}
