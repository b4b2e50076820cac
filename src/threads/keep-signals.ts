/** Signals with an id of their own: a movement is one signal, however often the walk is done again. */
import { z } from "zod";
import type { Database, Sql } from "../db/index.ts";
import { filtersHash, type Movement, type WeekStart } from "../metrics/index.ts";

export interface Signal {
  id: number;
  metric: string;
  direction: 1 | -1;
  openedBy: "signal" | "run";
  firstWeek: WeekStart;
  openedWeek: WeekStart;
  closedWeek: WeekStart | null;
  /** Ended because a restatement left nothing of it. */
  withdrawn: boolean;
}

const signalRow = z.object({
  id: z.coerce.number(),
  metric: z.string(),
  direction: z.union([z.literal(1), z.literal(-1)]),
  openedBy: z.enum(["signal", "run"]),
  firstWeek: z.string(),
  openedWeek: z.string(),
  closedWeek: z.string().nullable(),
  withdrawn: z.boolean(),
});

const columns = `id, metric, direction, opened_by AS "openedBy", first_week::text AS "firstWeek",
  opened_week::text AS "openedWeek", closed_week::text AS "closedWeek", withdrawn`;

/**
 * Brings the signals in line with the movements of a walk. A movement that overlaps a signal of the
 * same metric and direction is that signal, even if a restatement moved its weeks; an open signal
 * that the walk no longer knows is withdrawn in `lastWeek`, but of metrics of which it says nothing.
 */
export async function keepSignals(
  db: Database,
  movements: readonly Movement[],
  lastWeek: WeekStart,
  unjudged: readonly string[] = [],
): Promise<void> {
  await db.transaction(async (sql) => {
    await sql.run("LOCK TABLE signal IN SHARE ROW EXCLUSIVE MODE");
    const kept = new Set<number>();
    // Oldest first, so that a closed movement frees the place of an open one.
    for (const movement of [...movements].sort((a, b) => (a.openedWeek < b.openedWeek ? -1 : 1))) {
      kept.add(await keepOne(sql, movement, kept));
    }
    await sql.run(
      "UPDATE signal SET closed_week = $1, withdrawn = true WHERE closed_week IS NULL AND filters_hash = $2 AND id <> ALL ($3::bigint[]) AND metric <> ALL ($4::text[])",
      [lastWeek, filtersHash({}), [...kept], unjudged],
    );
  });
}

async function keepOne(sql: Sql, movement: Movement, taken: ReadonlySet<number>): Promise<number> {
  const { metric, direction, openedBy, firstWeek, openedWeek, closedWeek, version } = movement;
  const hash = filtersHash({});
  const [same] = await sql.rows(
    z.object({ id: z.coerce.number() }),
    `SELECT id FROM signal WHERE metric = $1 AND filters_hash = $2 AND direction = $3 AND id <> ALL ($6::bigint[])
       AND first_week <= coalesce($5::date, 'infinity') AND coalesce(closed_week, 'infinity') >= $4::date
     ORDER BY closed_week DESC NULLS FIRST LIMIT 1`,
    [metric, hash, direction, firstWeek, closedWeek, [...taken]],
  );
  if (same) {
    await sql.run(
      "UPDATE signal SET first_week = $2, closed_week = $3, version = $4, withdrawn = false WHERE id = $1",
      [same.id, firstWeek, closedWeek, version],
    );
    return same.id;
  }
  const [made] = await sql.rows(
    z.object({ id: z.coerce.number() }),
    `INSERT INTO signal (metric, filters_hash, direction, opened_by, first_week, opened_week, closed_week, version)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id`,
    [metric, hash, direction, openedBy, firstWeek, openedWeek, closedWeek, version],
  );
  if (!made) throw new Error("a signal was not stored");
  return made.id;
}

/** The signals that a week opened. */
export function signalsOpenedIn(sql: Sql, week: WeekStart): Promise<Signal[]> {
  return sql.rows(signalRow, `SELECT ${columns} FROM signal WHERE opened_week = $1 ORDER BY id`, [
    week,
  ]);
}

/** Those opened before `week` that it still finds open, or that it ends. */
export function signalsGoingInto(sql: Sql, week: WeekStart): Promise<Signal[]> {
  return sql.rows(
    signalRow,
    `SELECT ${columns} FROM signal
     WHERE opened_week < $1 AND (closed_week IS NULL OR closed_week >= $1) ORDER BY id`,
    [week],
  );
}
