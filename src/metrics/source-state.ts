/** How far the data reach: what was never loaded, what ends too early, what waits to be computed. */
import { z } from "zod";
import type { Database } from "../db/index.ts";
import { latestFinal } from "../periods.ts";
import type { WeekStart } from "./answer.ts";
import type { Catalogue, MetricSettings } from "./catalogue/index.ts";
import type { Need } from "./catalogue/need.ts";
import { timelessTables } from "./catalogue/source-tables.ts";
import { needsOf } from "./held.ts";
import { missingRows, missingSources, readWatermarks, type Watermarks } from "./watermark.ts";

export interface SourceState {
  /** Tables with data, of all that the catalogue reads. */
  loaded: readonly string[];
  /** The week that is over by now. */
  lastWeek: WeekStart;
  /** Tables whose rows end before `lastWeek` does, with the last week that they cover. */
  behind: readonly { table: string; through: WeekStart }[];
  /**
   * Metrics without an answer, because these tables of theirs were never loaded, or hold no row of
   * the kind that they need.
   */
  silent: readonly { metric: string; missing: readonly string[]; needs: readonly Need[] }[];
  /** Tables with rows that came, changed or went since the last refresh. */
  uncomputed: readonly string[];
  /** Metrics whose stored verdicts are of another definition or of other settings. */
  unjudged: readonly string[];
}

/** Tables with rows that came, changed or went since the last refresh. */
export async function waitingTables(db: Database): Promise<string[]> {
  const row = z.object({ source_table: z.string() });
  const rows = await db.rows(row, "SELECT DISTINCT source_table FROM bot.dirty ORDER BY 1");
  return rows.map(({ source_table }) => source_table);
}

/** Whether a table waits for a refresh: `marked` do, since late rows and corrections move no watermark. */
export function isWaiting(
  table: string,
  marked: ReadonlySet<string>,
  sources: Watermarks,
  facts: Watermarks,
): boolean {
  if (marked.has(table)) return true;
  const [loaded, computed] = [sources.get(table), facts.get(table)];
  if (loaded === undefined) return false;
  return computed === undefined || Temporal.Instant.compare(computed, loaded) < 0;
}

export async function sourceState(
  { db, catalogue, settings }: { db: Database; catalogue: Catalogue; settings: MetricSettings },
  now: Temporal.Instant,
): Promise<SourceState> {
  const sources = await readWatermarks(db, "exact", needsOf(catalogue.metrics));
  const facts = await readWatermarks(db, "facts");
  const waiting = new Set(await waitingTables(db));
  const timeless = new Set(timelessTables);
  const read = new Set(catalogue.metrics.flatMap((metric) => metric.reads));
  // A need that is met stands among the marks and is no table.
  const marks = [...sources].filter(([table]) => read.has(table) && !timeless.has(table));
  const lastWeek = latestFinal(now, settings);
  return {
    loaded: marks.map(([table]) => table).sort(),
    lastWeek,
    behind: marks
      .map(([table, mark]) => ({ table, through: latestFinal(mark, settings) }))
      .filter(({ through }) => through < lastWeek),
    silent: catalogue.metrics
      .map((metric) => ({
        metric: metric.id,
        missing: missingSources(metric, sources),
        needs: missingRows(metric, sources),
      }))
      .filter(({ missing, needs }) => missing.length + needs.length > 0),
    uncomputed: marks
      .map(([table]) => table)
      .filter((table) => isWaiting(table, waiting, sources, facts)),
    unjudged: await unjudgedMetrics(db, catalogue),
  };
}

/** A refresh replaces all verdicts of a metric: those of another version wait for one. */
async function unjudgedMetrics(db: Database, catalogue: Catalogue): Promise<string[]> {
  const row = z.object({ metric: z.string(), version: z.string() });
  const stored = await db.rows(row, "SELECT DISTINCT metric, version FROM bot.verdict");
  return stored
    .filter(({ metric, version }) => {
      const known = catalogue.get(metric);
      return known !== undefined && known.specVersion !== version;
    })
    .map(({ metric }) => metric)
    .sort();
}
