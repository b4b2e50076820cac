/** Runs and deliveries: who claims what, and what has been said where. */
import { z } from "zod";
import type { Sql } from "../db/index.ts";
import { filtersHash, type WeekStart } from "../metrics/index.ts";
import { ourId } from "./our-id.ts";

export const SCORECARD = "scorecard";
/** The load of the sources. */
export const SOURCES = "sources";
/** `team/GTM`. */
export const TEAM = "team";
/** `notice/12`, to the owner. */
export const NOTICE = "notice";

/** Of `run r`. */
export const IS_NOTICE = `r.report LIKE '${NOTICE}/%'`;
/** Of `run r`: a later one of its report is due by $1, the program's clock. */
export const HAS_LATER = `EXISTS (SELECT FROM run l
  WHERE l.report = r.report AND l.period > r.period AND l.due_at <= $1)`;

export interface Run {
  id: number;
  report: string;
  period: WeekStart;
  dueAt: string;
  /** How often it could not be built. */
  failures: number;
}

const runRow = z.object({
  id: z.coerce.number(),
  report: z.string(),
  period: z.string(),
  dueAt: z.string(),
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
      [ourId(), claimed.id, channel, parent, run.now.toString()],
    );
  }
  return true;
}

/**
 * The latest of its report, neither built nor waiting to be tried again; a team's after the week's
 * scorecard and what that did not wait for, also where another process is about to claim it. What a
 * clock that was ahead has claimed is left until it is due by $1, the program's clock.
 */
const UNBUILT = `FROM run r
  WHERE r.told IS NULL AND r.due_at <= $1 AND coalesce(r.next_build_at, '-infinity') <= now()
    AND NOT ${HAS_LATER}
    AND NOT (r.report LIKE '${TEAM}/%' AND (
      EXISTS (SELECT FROM run card WHERE card.report = '${SCORECARD}' AND card.period = r.period
        AND (card.told IS NULL OR card.rest_due))
      OR EXISTS (SELECT FROM schedule WHERE report = '${SCORECARD}' AND next_at <= $1)))`;

/** The reports that have a run to be built now. */
export async function reportsToBuild(sql: Sql, now: Temporal.Instant): Promise<string[]> {
  const rows = await sql.rows(
    z.object({ report: z.string() }),
    `SELECT r.report ${UNBUILT} AND r.report <> '${SOURCES}' ORDER BY r.id`,
    [now.toString()],
  );
  return rows.map(({ report }) => report);
}

/** The report's run that is to be built now; null where there is none. */
export async function unbuiltRun(
  sql: Sql,
  report: string,
  now: Temporal.Instant,
): Promise<Run | null> {
  const [run] = await sql.rows(
    runRow,
    `SELECT r.id, r.report, r.period::text AS period, r.due_at AS "dueAt", r.failures ${UNBUILT} AND r.report = $2`,
    [now.toString(), report],
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

/** Looks again later, for data that are late: no failure. */
export async function holdBuild(sql: Sql, run: Run, waitMs: number): Promise<void> {
  await sql.run(
    "UPDATE run SET next_build_at = now() + $2 * interval '1 millisecond' WHERE id = $1 AND told IS NULL",
    [run.id, waitMs],
  );
}

/** Stores what a run says, once: false when it has been built meanwhile. */
export async function storeTold(sql: Sql, run: Run, told: unknown): Promise<boolean> {
  return (
    (await sql.run("UPDATE run SET told = $2, first_told = $2 WHERE id = $1 AND told IS NULL", [
      run.id,
      JSON.stringify(told),
    ])) > 0
  );
}
