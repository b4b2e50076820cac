/** Up to when a metric's data are complete, and so which weeks are final (METRICS.md 1.6). */
import { z } from "zod";
import type { Sql } from "../db/index.ts";
import { latestFinal } from "../periods.ts";
import type { WeekStart } from "./answer.ts";
import type { Metric, MetricSettings } from "./catalogue/index.ts";
import type { Need } from "./catalogue/need.ts";
import { timelessTables } from "./catalogue/source-tables.ts";
import { heldNeeds, keptNeeds } from "./held.ts";
import type { Relation } from "./query/run-windows.ts";

const timeless = new Set(timelessTables);

export type Watermarks = ReadonlyMap<string, Temporal.Instant>;

/**
 * Of the sources, or of the facts: what those were filled from. An import moves the sources' as it
 * commits; until the next refresh its rows are not in the facts, whose newest week would be final
 * and empty. Of the `needs` those that are held stand in it too, by their texts, with their table's.
 */
export async function readWatermarks(
  sql: Sql,
  relation: Relation = "facts",
  needs: readonly Need[] = [],
): Promise<Watermarks> {
  const rows = await sql.rows(
    z.object({ source_table: z.string(), seconds: z.coerce.number() }),
    `SELECT source_table, floor(extract(epoch FROM complete_through))::bigint AS seconds FROM ${relation}.watermark`,
  );
  const marks = new Map(
    rows.map((row) => [
      row.source_table,
      Temporal.Instant.fromEpochMilliseconds(row.seconds * 1000),
    ]),
  );
  for (const need of await held(sql, relation, needs)) {
    // When a table without event times was loaded nobody keeps.
    const mark = marks.get(need.table) ?? Temporal.Instant.fromEpochMilliseconds(0);
    marks.set(need.text, mark);
  }
  return marks;
}

/** What the facts do not know of, since its definition is new, is asked of the sources. */
async function held(sql: Sql, relation: Relation, needs: readonly Need[]): Promise<Need[]> {
  if (needs.length === 0) return [];
  const known = relation === "exact" ? new Map<string, boolean>() : await keptNeeds(sql);
  const asked = await heldNeeds(
    sql,
    needs.filter(({ text }) => !known.has(text)),
  );
  return needs.filter(({ text }) => known.get(text) ?? asked.has(text));
}

/** The tables of a metric that are not among the `loaded`, as a watermark tells: nothing has come into them yet. */
export function missingSources(metric: Metric, loaded: { has(table: string): boolean }): string[] {
  return metric.reads.filter((table) => !timeless.has(table) && !loaded.has(table));
}

/** What a metric needs in rows of tables that are there, and none of them has. */
export function missingRows(metric: Metric, loaded: { has(name: string): boolean }): Need[] {
  const isLoaded = (table: string): boolean => timeless.has(table) || loaded.has(table);
  return metric.needs.filter(({ table, text }) => isLoaded(table) && !loaded.has(text));
}

/** The earliest watermark of the tables that the metric reads; null when one has none, or lacks the rows that it needs. */
export function asOf(metric: Metric, watermarks: Watermarks): Temporal.Instant | null {
  if (missingRows(metric, watermarks).length > 0) return null;
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
