/** Where a company's data begin. */
import { z } from "zod";
import type { Sql } from "../db/index.ts";
import { type Grain, periodOf } from "../periods.ts";
import type { WeekStart } from "./answer.ts";
import type { Metric, MetricSettings } from "./catalogue/index.ts";
import type { Relation } from "./query/run-windows.ts";
import { accountTimes, platformTimes } from "./row-times.ts";

/** The first week, month or quarter that the metric is told of: of a platform metric it may be before any account. */
export async function firstDataWeek(
  sql: Sql,
  { weekStarts }: MetricSettings,
  metric: Metric,
  relation: Relation = "facts",
  grain?: Grain,
): Promise<WeekStart | null> {
  const day = await firstDataDay(sql, metric, relation);
  return day && periodOf(Temporal.PlainDate.from(day), weekStarts, grain);
}

/** The day that its data begin with, in the middle of a month as a rule. */
export function firstDataDay(
  sql: Sql,
  metric: Metric,
  relation: Relation = "facts",
): Promise<string | null> {
  const platform = metric.tier === "none" ? metric.reads : [];
  const times = firstDays(platform, platformTimes);
  return boundDay(sql, "min", [`SELECT min(d0) AS day FROM ${relation}.account`, ...times]);
}

/**
 * The first week whose value says something of the business. What counts rows is 0 before a table
 * began, but only because nobody wrote it: observed, those weeks would make its first one an alarm.
 * Null while nothing is loaded.
 */
export async function firstObservedWeek(
  sql: Sql,
  settings: MetricSettings,
  metric: Metric,
  relation: Relation = "facts",
): Promise<WeekStart | null> {
  const begin = await firstDataWeek(sql, settings, metric, relation);
  if (begin === null || (metric.test !== "flow" && metric.test !== "stock")) return begin;
  const days = firstDays(metric.reads, { ...platformTimes, ...accountTimes });
  if (days.length === 0) return begin;
  const day = await boundDay(sql, "max", days);
  const began = day && periodOf(Temporal.PlainDate.from(day), settings.weekStarts);
  return began !== null && began > begin ? began : begin;
}

/** SELECTs of the first `day` of each table; null where it is empty. */
function firstDays(tables: readonly string[], times: Readonly<Record<string, string>>): string[] {
  return tables.flatMap((table) => {
    const time = times[table];
    return time ? [`SELECT source.day_of(min(${time})) AS day FROM source.${table}`] : [];
  });
}

async function boundDay(
  sql: Sql,
  bound: "min" | "max",
  days: readonly string[],
): Promise<string | null> {
  const [row] = await sql.rows(
    z.object({ day: z.string().nullable() }),
    `SELECT ${bound}(day)::text AS day FROM (${days.join(" UNION ALL ")}) first`,
  );
  return row?.day ?? null;
}
