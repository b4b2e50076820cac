import { z } from "zod";
import type { Sql } from "../../db/index.ts";
import type { Target } from "../answer.ts";
import type { MetricSettings } from "../catalogue/index.ts";
import { canonicalFilters } from "../filters.ts";
import { weekOf } from "../week.ts";

const dims = z.record(
  z.string(),
  z.union([z.string().transform((value) => [value]), z.array(z.string())]),
);
const targetRow = z.object({
  target_id: z.string(),
  metric_id: z.string(),
  dims,
  target_type: z.enum(["cumulative_by_date", "level_by_date", "at_least", "at_most", "band"]),
  value: z.coerce.number(),
  value_hi: z.coerce.number().nullable(),
  period_start: z.string(),
  period_end: z.string(),
  baseline_week: z.string().nullable(),
  baseline_value: z.coerce.number().nullable(),
});

/** All targets of some metrics; a baseline is the week that its date lies in. They are few, change nothing that is computed, and stand in the sources. */
export async function readTargets(
  sql: Sql,
  { weekStarts }: MetricSettings,
  metrics: readonly string[],
): Promise<Target[]> {
  const rows = await sql.rows(
    targetRow,
    `SELECT target_id, metric_id, dims, target_type, value::float8 AS value, value_hi::float8 AS value_hi,
            period_start::text AS period_start, period_end::text AS period_end,
            baseline_week::text AS baseline_week, baseline_value::float8 AS baseline_value
     FROM source.targets WHERE metric_id = ANY ($1::text[]) ORDER BY target_id`,
    [metrics],
  );
  return rows.map((row) => ({
    id: row.target_id,
    metric: row.metric_id,
    dims: canonicalFilters(row.dims),
    type: row.target_type,
    value: row.value,
    valueHi: row.value_hi,
    periodStart: row.period_start,
    periodEnd: row.period_end,
    baselineWeek:
      row.baseline_week && weekOf(Temporal.PlainDate.from(row.baseline_week), weekStarts),
    baselineValue: row.baseline_value,
  }));
}
