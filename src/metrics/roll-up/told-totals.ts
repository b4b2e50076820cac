/** The totals that were told before their rows changed, the first of each week; what is told now is compared with them. */
import type { Sql } from "../../db/index.ts";
import type { Grain } from "../../periods.ts";
import type { WeekStart } from "../answer.ts";
import type { Metric } from "../catalogue/index.ts";

/** Of the cells that are about to go, which `which` picks by metric, grain, window_weeks and period. */
export async function keepTold(sql: Sql, which: string, values: readonly unknown[]): Promise<void> {
  await sql.run(
    `INSERT INTO bot.told_total (metric, version, grain, window_weeks, period, num, den, n, hist, accounts)
     SELECT metric, version, grain, window_weeks, period, num, den, n, hist,
            (SELECT coalesce(k.accounts[1], 0) FROM bot.account_count k
             WHERE (k.metric, k.version, k.grain, k.window_weeks, k.dimension_set, k.period)
                 = (c.metric, c.version, c.grain, c.window_weeks, '', c.period))
     FROM bot.cell c WHERE dimension_set = '' AND ${which} ON CONFLICT DO NOTHING`,
    values,
  );
}

/** Notes of new totals that they differ from what was told first, and of those that already did nothing. */
export async function noteMoved(
  sql: Sql,
  { cells }: Metric,
  width: number,
  weeks: readonly WeekStart[],
  grain?: Grain,
): Promise<void> {
  await sql.run(
    `UPDATE bot.told_total t SET moved_at = now() FROM bot.cell c
     WHERE t.metric = $1 AND t.version = $2 AND t.grain = $5 AND t.window_weeks = $3 AND t.period = ANY ($4::date[])
       AND t.moved_at IS NULL AND (t.num, t.den, t.n, t.hist) IS DISTINCT FROM (c.num, c.den, c.n, c.hist)
       AND c.dimension_set = '' AND c.tier = -1
       AND (c.metric, c.version, c.grain, c.window_weeks, c.period)
         = (t.metric, t.version, t.grain, t.window_weeks, t.period)`,
    [cells.metric, cells.version, width, weeks, grain?.unit ?? "week"],
  );
}
