/** What operators set: rows are only added, so that who set what stays. */
import type { Sql } from "../../db/index.ts";
import type { Filters, WeekStart } from "../answer.ts";
import { canonicalFilters } from "../filters.ts";
import type { Aim } from "./target.ts";

export interface NewTarget {
  metric: string;
  filters: Filters;
  /** Null ends what there is, from `periodStart` on. */
  aim: Aim | null;
  /** Dates, both included; no end of an end. */
  periodStart: string;
  periodEnd: string | null;
  baselineWeek: WeekStart | null;
  baselineValue: number | null;
  /** `slack:U0OPS`. */
  by: string;
  at: Temporal.Instant;
}

/** From now on it counts for the weeks of its period, before whatever counted there. */
export async function setTarget(sql: Sql, target: NewTarget): Promise<void> {
  const { metric, filters, aim, periodStart, periodEnd, baselineWeek, baselineValue } = target;
  await sql.run(
    `INSERT INTO bot.set_target
       (metric, filters, target_type, value, value_hi, period_start, period_end,
        baseline_week, baseline_value, set_by, set_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      metric,
      JSON.stringify(canonicalFilters(filters)),
      aim?.type ?? null,
      aim?.value ?? null,
      aim?.valueHi ?? null,
      periodStart,
      periodEnd,
      baselineWeek,
      baselineValue,
      target.by,
      target.at.toString(),
    ],
  );
}
