/** Whether a value that was told has moved since, because rows came late (METRICS.md 1.6). */
import { z } from "zod";
import type { Sql } from "../db/index.ts";
import type { Grain } from "../periods.ts";
import type { WeekStart } from "./answer.ts";
import type { Metric, MetricSettings } from "./catalogue/index.ts";
import { figuresOf } from "./query/measured.ts";
import { readSeries } from "./read-series.ts";

/** By more than this part of itself. */
const MOVED = 0.005;

/** Of an unfiltered value: only totals are kept as they were told. `sql` is that of `inSnapshot`. */
export async function isRestated(
  sql: Sql,
  settings: MetricSettings,
  metric: Metric,
  week: WeekStart,
  width: number,
  value: number | null,
  grain?: Grain,
): Promise<boolean> {
  if (!(await everRenewed(sql, metric))) return false;
  const [told] = await readSeries(sql, settings, {
    metric,
    weeks: [week],
    width,
    filters: {},
    by: null,
    exact: false,
    firstTold: true,
    grain,
  });
  const was = told ? figuresOf(metric, told).value : null;
  return hasMoved(was, value);
}

/** Whether a value is told as restated where another was told before. */
export function hasMoved(was: number | null, now: number | null): boolean {
  if (was === null || now === null) return was !== now;
  return Math.abs(now - was) > MOVED * Math.abs(was);
}

/** Nearly always not, which is told by one look at an index. */
async function everRenewed(sql: Sql, metric: Metric): Promise<boolean> {
  const [row] = await sql.rows(
    z.object({ renewed: z.boolean() }),
    "SELECT EXISTS (SELECT FROM told_total WHERE metric = ANY ($1::text[])) AS renewed",
    [computedIds(metric)],
  );
  return row?.renewed === true;
}

function computedIds(metric: Metric): string[] {
  return metric.parts.length === 0
    ? [metric.cells.metric]
    : metric.parts.flatMap((part) => computedIds(part.metric));
}
