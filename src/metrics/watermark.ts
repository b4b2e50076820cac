/** Up to when a metric's data are complete, and so which weeks are final (METRICS.md 1.6). */
import { z } from "zod";
import type { Sql } from "../db/index.ts";
import { latestFinal } from "../periods.ts";
import type { WeekStart } from "./answer.ts";
import type { Metric, MetricSettings } from "./catalogue/index.ts";
import type { Relation } from "./query/run-windows.ts";

/** Tables without event times of their own: they never hold a week open, and leave no dirty days. */
export const timelessTables: readonly string[] = [
  "tiers",
  "channels",
  "campaigns",
  "features",
  "models",
  "service_regions",
];
const timeless = new Set(timelessTables);

export type Watermarks = ReadonlyMap<string, Temporal.Instant>;

/**
 * Of the sources, or of the facts: what those were filled from. An import moves the sources' as it
 * commits; until the next refresh its rows are not in the facts, whose newest week would be final
 * and empty.
 */
export async function readWatermarks(sql: Sql, relation: Relation = "facts"): Promise<Watermarks> {
  const rows = await sql.rows(
    z.object({ source_table: z.string(), seconds: z.coerce.number() }),
    `SELECT source_table, floor(extract(epoch FROM complete_through))::bigint AS seconds FROM ${relation}.watermark`,
  );
  return new Map(
    rows.map((row) => [
      row.source_table,
      Temporal.Instant.fromEpochMilliseconds(row.seconds * 1000),
    ]),
  );
}

/** The tables of a metric that are not among the `loaded`, as a watermark tells: nothing has come into them yet. */
export function missingSources(metric: Metric, loaded: { has(table: string): boolean }): string[] {
  return metric.reads.filter((table) => !timeless.has(table) && !loaded.has(table));
}

/** The earliest watermark of the tables that the metric reads; null when one has none. */
export function asOf(metric: Metric, watermarks: Watermarks): Temporal.Instant | null {
  let earliest: Temporal.Instant | null = null;
  for (const table of metric.reads) {
    if (timeless.has(table)) continue;
    const mark = watermarks.get(table);
    if (mark === undefined) return null;
    if (earliest === null || Temporal.Instant.compare(mark, earliest) < 0) earliest = mark;
  }
  return earliest;
}

/** The latest final week of a metric; null when a source has no watermark. */
export function finalWeek(
  metric: Metric,
  watermarks: Watermarks,
  settings: MetricSettings,
): WeekStart | null {
  const mark = asOf(metric, watermarks);
  return mark === null ? null : latestFinal(mark, settings);
}
