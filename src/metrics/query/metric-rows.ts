/**
 * Runs a statement that is built round a metric's SQL: what ships in our own session, a company's own
 * under the restricted login, in the same snapshot.
 */
import type { z } from "zod";
import type { Guest, Sql } from "../../db/index.ts";
import type { Metric } from "../catalogue/index.ts";
import { OwnSqlFailed, reasonOf } from "../own-sql-failed.ts";

/** What the engine has set for its statements, and as_of() and the zone of days, hold for those as well. */
const CARRIED = [
  "search_path",
  "kpi.tz",
  "kpi.as_of",
  "enable_memoize",
  "enable_nestloop",
  "enable_mergejoin",
  "random_page_cost",
];

/** Cells of one question: windows by segments. Nobody reads more of them. */
export const MOST_CELLS = 10_000;

/** A metric, or a dimension: whose SQL it is and where it is written. */
export type Sourced = Pick<Metric, "id" | "origin">;

export function metricRows<T>(
  sql: Sql,
  metric: Sourced,
  row: z.ZodType<T>,
  text: string,
  values: readonly unknown[],
): Promise<T[]> {
  if (metric.origin === null) return sql.rows(row, text, values);
  return asGuest(sql, metric, async (guest) => {
    const found: T[] = [];
    for await (const page of guest.pages(row, text, values)) {
      found.push(...page);
      refuseMore(metric, found.length, MOST_CELLS);
    }
    return found;
  });
}

/** Throws OwnSqlFailed where what `work` reads of the guest fails. */
export async function asGuest<T>(
  sql: Sql,
  metric: Sourced,
  work: (guest: Guest) => Promise<T>,
): Promise<T> {
  try {
    return await sql.asGuest(CARRIED, work);
  } catch (error) {
    const reason = reasonOf(error);
    if (reason === null || metric.origin === null) throw error;
    throw new OwnSqlFailed(metric.id, metric.origin, reason, error);
  }
}

/** A million segments are no breakdown: what was meant is another column. */
export function refuseMore(metric: Sourced, count: number, most: number): void {
  if (count > most && metric.origin !== null)
    throw new OwnSqlFailed(metric.id, metric.origin, { kind: "too_many", most });
}
