/**
 * Metrics of a company's own that read its own tables, or files as they came: nothing marks a row of
 * those that changes, so their last weeks are computed anew at each refresh, as those of views are.
 */
import { z } from "zod";
import type { Database, Sql } from "../../db/index.ts";
import type { WeekStart } from "../answer.ts";
import type { Catalogue, Metric, MetricSettings } from "../catalogue/index.ts";
import { namesIn } from "../catalogue/sql-code.ts";
import { needsOf } from "../held.ts";
import { relationSettings } from "../query/run-windows.ts";
import { finalWeek, readWatermarks } from "../watermark.ts";
import { FACTS_LOCK } from "./locks.ts";
import { dropCells } from "./stale-cells.ts";
import { RECOMPUTED_WEEKS } from "./view-marks.ts";

/** Their rows are marked, or renewed with the facts. */
const OURS = ["source", "facts", "exact", "bot"];

/** The number of cells taken away. */
export async function dropUnmarked(
  db: Database,
  settings: MetricSettings,
  { computed }: Catalogue,
): Promise<number> {
  const own = computed.filter(({ origin }) => origin !== null);
  if (own.length === 0) return 0;
  return db.transaction(
    async (sql) => {
      const others = await otherSchemas(sql);
      const unmarked = own.filter((metric) => others.some((schema) => readsOf(metric, schema)));
      if (unmarked.length === 0) return 0;
      await sql.run("SELECT pg_advisory_xact_lock($1)", [FACTS_LOCK]);
      const watermarks = await readWatermarks(sql, "facts", needsOf(unmarked));
      let dropped = 0;
      for (const metric of unmarked)
        dropped += await dropLast(sql, metric, finalWeek(metric, watermarks, settings));
      return dropped;
    },
    { settings: relationSettings("facts", settings) },
  );
}

/**
 * The weeks up to the last that ever had cells, whose totals are kept: the cells that are left end
 * earlier where the SQL failed since, and what is final now begins later after a long pause.
 */
async function dropLast(sql: Sql, { cells }: Metric, final: WeekStart | null): Promise<number> {
  return dropCells(
    sql,
    // A month goes with the first of its weeks that does.
    `metric = $1 AND period + CASE grain WHEN 'week' THEN 0 ELSE 31 END > least($3::date,
       (SELECT max(e.period) FROM (
          SELECT k.metric, k.period FROM bot.cell k UNION ALL SELECT t.metric, t.period FROM bot.told_total t) e
        WHERE e.metric = $1)) - 7 * $2::int`,
    [cells.metric, RECOMPUTED_WEEKS, final],
  );
}

async function otherSchemas(sql: Sql): Promise<string[]> {
  const rows = await sql.rows(
    z.object({ name: z.string() }),
    `SELECT nspname AS name FROM pg_namespace
     WHERE nspname <> ALL ($1::text[]) AND nspname !~ '^pg_' AND nspname <> 'information_schema'`,
    [OURS],
  );
  return rows.map(({ name }) => name);
}

/** By the name in front of a point, wherever it stands; an alias of that name costs a few weeks more. */
function readsOf({ shared = "", sql }: Metric, schema: string): boolean {
  const name = schema.replace(/\W/g, "\\$&");
  return new RegExp(`(?<!\\w)${name}\\s*\\.`, "i").test(namesIn(`${shared}\n${sql}`));
}
