import { z } from "zod";
import type { Sql } from "../../db/index.ts";
import type { MetricSettings } from "../catalogue/index.ts";
import { filtersOfRow } from "../filters.ts";
import { weekOf } from "../week.ts";
import { type StoredTarget, targetTypes } from "./target.ts";

const targetRow = z.object({
  target_id: z.string(),
  metric_id: z.string(),
  dims: filtersOfRow,
  target_type: z.enum(targetTypes).nullable(),
  value: z.coerce.number().nullable(),
  value_hi: z.coerce.number().nullable(),
  period_start: z.string(),
  period_end: z.string().nullable(),
  baseline_week: z.string().nullable(),
  baseline_value: z.coerce.number().nullable(),
  place: z.coerce.number(),
  set_by: z.string().nullable(),
  set_at: z.string().nullable(),
});

/**
 * All targets of some metrics, those of the sources and those that operators set; a baseline is the
 * week that its date lies in. They are few, and change nothing that is computed.
 */
export async function readTargets(
  sql: Sql,
  { weekStarts }: MetricSettings,
  metrics: readonly string[],
): Promise<StoredTarget[]> {
  const rows = await sql.rows(
    targetRow,
    `SELECT target_id, metric_id, dims, target_type, value::float8 AS value, value_hi::float8 AS value_hi,
            period_start::text AS period_start, period_end::text AS period_end,
            baseline_week::text AS baseline_week, baseline_value::float8 AS baseline_value,
            0 AS place, NULL AS set_by, NULL AS set_at
     FROM source.targets WHERE metric_id = ANY ($1::text[])
     UNION ALL
     SELECT 'set-' || id, metric, filters, target_type, value::float8, value_hi::float8,
            period_start::text, period_end::text, baseline_week::text, baseline_value::float8, id, set_by, set_at::text
     FROM bot.set_target WHERE metric = ANY ($1::text[])
     ORDER BY place, target_id`,
    [metrics],
  );
  return rows.map((row) => {
    const baseline = row.baseline_week;
    return {
      id: row.target_id,
      metric: row.metric_id,
      dims: row.dims,
      periodStart: row.period_start,
      periodEnd: row.period_end,
      place: row.place,
      set: row.set_by === null || row.set_at === null ? null : { by: row.set_by, at: row.set_at },
      aim:
        row.target_type === null || row.value === null
          ? null
          : { type: row.target_type, value: row.value, valueHi: row.value_hi },
      baselineWeek: baseline && weekOf(Temporal.PlainDate.from(baseline), weekStarts),
      baselineValue: row.baseline_value,
    };
  });
}
