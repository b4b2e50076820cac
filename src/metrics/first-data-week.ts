/** Where a company's data begin. */
import { z } from "zod";
import type { Sql } from "../db/index.ts";
import type { WeekStart } from "./answer.ts";
import type { Metric, MetricSettings } from "./catalogue/index.ts";
import type { Relation } from "./query/run-windows.ts";
import { weekOf } from "./week.ts";

/** When the rows of the tables without accounts happened. */
const platformTimes: Readonly<Record<string, string>> = {
  incidents: "started_at",
  capacity_hourly: "hour_start",
  releases: "released_at",
  marketing_daily: "day",
  leads: "created_at",
  opportunities: "created_at",
};

/** The week of the first sign-up; null while no account is loaded. `relation` holds the accounts. */
export function firstSignUpWeek(
  sql: Sql,
  settings: MetricSettings,
  relation: Relation = "facts",
): Promise<WeekStart | null> {
  return firstWeek(sql, settings, [`SELECT min(d0) AS day FROM ${relation}.account`]);
}

/** The first week that the metric is told of: of a platform metric it may be before any account. */
export function firstDataWeek(
  sql: Sql,
  settings: MetricSettings,
  metric: Metric,
  relation: Relation = "facts",
): Promise<WeekStart | null> {
  const platform = metric.tier === "none" ? metric.reads : [];
  const times = platform.flatMap((table) => {
    const time = platformTimes[table];
    return time ? [`SELECT source.day_of(min(${time})) AS day FROM source.${table}`] : [];
  });
  return firstWeek(sql, settings, [`SELECT min(d0) AS day FROM ${relation}.account`, ...times]);
}

async function firstWeek(
  sql: Sql,
  settings: MetricSettings,
  days: readonly string[],
): Promise<WeekStart | null> {
  const [row] = await sql.rows(
    z.object({ day: z.string().nullable() }),
    `SELECT min(day)::text AS day FROM (${days.join(" UNION ALL ")}) first`,
  );
  return row?.day ? weekOf(Temporal.PlainDate.from(row.day), settings.weekStarts) : null;
}
