/** The sum of a span of days that need not be whole weeks, straight from the unit rows. */
import { z } from "zod";
import type { Sql } from "../../db/index.ts";
import type { Filters } from "../answer.ts";
import type { Metric, MetricSettings } from "../catalogue/index.ts";
import { newBinder } from "./binder.ts";
import { metricRows } from "./metric-rows.ts";
import { unitQuerySql } from "./unit-query.ts";

export interface SpanQuestion {
  /** One whose num adds up over days. */
  metric: Metric;
  /** Dates, `to` excluded. */
  from: string;
  to: string;
  filters: Filters;
  by: string | null;
}

const spanRow = z.object({ segment: z.string().nullable(), num: z.coerce.number() });

/** By segment, null without `by`; none where there are no rows. `sql` is that of `inSnapshot`. */
export async function runSpan(
  sql: Sql,
  settings: MetricSettings,
  { metric, from, to, filters, by }: SpanQuestion,
): Promise<Map<string | null, number>> {
  if (from >= to) return new Map();
  await sql.run("SELECT set_config('enable_nestloop', 'off', true)");
  const binder = newBinder();
  const group = by ? [by] : [];
  const windows = [{ a: from, b: to }];
  const units = unitQuerySql({ metric, settings, windows, filters, group, detail: "sums" }, binder);
  const rows = await metricRows(
    sql,
    metric,
    spanRow,
    `SELECT ${by ? `q."${by}"` : "NULL::text"} AS segment, q.num::text AS num FROM (${units}) q`,
    binder.values,
  );
  return new Map(rows.map(({ segment, num }) => [segment, num]));
}
