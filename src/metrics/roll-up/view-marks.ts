/**
 * Source tables that are views over the user's own tables. Nothing marks a row of theirs that changes,
 * so at each refresh all days count as changed from 14 weeks before the one before it on, and those that
 * still lie ahead. They are complete to today's midnight less their lag: what "today" is says the
 * database, as their rows do.
 */
import { z } from "zod";
import type { Sql } from "../../db/index.ts";

/** The quarter that most windows look at, and a week for what comes late. */
export const RECOMPUTED_WEEKS = 14;

/** After a restore the list is there and the views are not yet. */
const VIEWS = `bot.source_view v
  JOIN pg_views p ON p.schemaname = 'source' AND p.viewname = v.source_table`;

const markRow = z.object({ source_table: z.string(), day: z.string() });

/** To be done before the facts take the watermarks over. */
export async function moveViewWatermarks(sql: Sql): Promise<void> {
  await sql.run(`INSERT INTO source.source_watermarks AS w (source_table, complete_through)
    SELECT v.source_table, source.ts(source.day_of(now()) - v.lag_days) FROM ${VIEWS}
    JOIN source.source_watermarks m ON m.source_table = v.source_table
    ON CONFLICT (source_table) DO UPDATE SET complete_through = excluded.complete_through`);
}

/** A mark of each view and day. To be done while the facts' watermarks still say up to where those reach. */
export async function viewMarks(sql: Sql): Promise<z.infer<typeof markRow>[]> {
  return sql.rows(
    markRow,
    `SELECT v.source_table, d::date::text AS day FROM ${VIEWS}
     LEFT JOIN facts.watermark w ON w.source_table = v.source_table
     CROSS JOIN generate_series(least(source.day_of(now()), source.day_of(w.complete_through)) - 7 * $1::int,
                                source.day_of(now()) + 7, interval '1 day') d`,
    [RECOMPUTED_WEEKS],
  );
}
