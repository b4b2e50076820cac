/** Up to when the tables that a metric reads are complete. */
import { latestFinal } from "../periods.ts";
import type { WeekStart } from "./answer.ts";
import type { Metrics } from "./answer-metric.ts";
import type { Metric } from "./catalogue/index.ts";
import { timelessTables } from "./catalogue/source-tables.ts";
import { isWaiting, waitingTables } from "./source-state.ts";
import { readWatermarks } from "./watermark.ts";
import { addWeeks } from "./week.ts";

export interface SourceFreshness {
  table: string;
  /** An instant, of what answers rest on; null: nothing was ever computed of it. */
  through: string | null;
  /** The first week that is over by now and not whole in it; null: all of them are. */
  missing: WeekStart | null;
  /** It has rows that came, changed or went since the last refresh. */
  isWaiting: boolean;
}

/** Those that hold the metric back first. */
export async function freshnessOf(
  { db, settings }: Metrics,
  metric: Metric,
  now: Temporal.Instant,
): Promise<SourceFreshness[]> {
  const [facts, sources] = [await readWatermarks(db, "facts"), await readWatermarks(db, "exact")];
  const waiting = new Set(await waitingTables(db));
  const lastWeek = latestFinal(now, settings);
  return metric.reads
    .filter((table) => !timelessTables.includes(table))
    .map((table) => {
      const mark = facts.get(table);
      const whole = mark === undefined ? null : latestFinal(mark, settings);
      return {
        table,
        through: mark?.toString() ?? null,
        missing: whole === null || whole >= lastWeek ? null : addWeeks(whole, 1),
        isWaiting: isWaiting(table, waiting, sources, facts),
      };
    })
    .sort((a, b) => ((a.through ?? "") < (b.through ?? "") ? -1 : 1));
}
