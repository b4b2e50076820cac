/**
 * Metrics of a company's own that read its own tables, or files as they came: nothing marks a row of
 * those that changes, so their last weeks are computed anew at each refresh, as those of views are.
 */
import type { Database } from "../../db/index.ts";
import type { Catalogue, Metric, MetricSettings } from "../catalogue/index.ts";
import { codeOf } from "../catalogue/sql-code.ts";
import { relationSettings } from "../query/run-windows.ts";
import { FACTS_LOCK } from "./locks.ts";
import { dropCells } from "./stale-cells.ts";
import { RECOMPUTED_WEEKS } from "./view-marks.ts";

/** The number of cells taken away. */
export async function dropUnmarked(
  db: Database,
  settings: MetricSettings,
  { computed }: Catalogue,
): Promise<number> {
  const unmarked = computed.filter(readsUnmarked).map(({ cells }) => cells.metric);
  if (unmarked.length === 0) return 0;
  return db.transaction(
    async (sql) => {
      await sql.run("SELECT pg_advisory_xact_lock($1)", [FACTS_LOCK]);
      let dropped = 0;
      for (const metric of unmarked)
        dropped += await dropCells(
          sql,
          // A month goes with the first of its weeks that does.
          `metric = $1 AND period + CASE grain WHEN 'week' THEN 0 ELSE 31 END
             > (SELECT max(c.period) FROM bot.cell c WHERE c.metric = $1) - 7 * $2::int`,
          [metric, RECOMPUTED_WEEKS],
        );
      return dropped;
    },
    { settings: relationSettings("facts", settings) },
  );
}

/** Names a schema that is none of ours: ours are marked, or renewed with the facts. */
function readsUnmarked({ origin, shared = "", sql }: Metric): boolean {
  const foreign = /\b(from|join)\s+(?!(source|facts|exact)\.)[a-z_]\w*\.[a-z_]/i;
  return origin !== null && foreign.test(codeOf(`${shared}\n${sql}`));
}
