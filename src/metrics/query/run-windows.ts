/** Runs a metric's SQL over windows: over the facts, or over the source tables for `--exact`. */
import type { Database, Sql } from "../../db/index.ts";
import type { MetricSettings } from "../catalogue/index.ts";
import { newBinder } from "./binder.ts";
import { type Measured, measuredRow } from "./measured.ts";
import { metricRows } from "./metric-rows.ts";
import { BUCKETS, unitQuerySql } from "./unit-query.ts";
import { isWeekByWeek, runWeekByWeek } from "./week-by-week.ts";
import { weekSql, windowOf } from "./window.ts";
import type { WindowsQuestion } from "./windows-question.ts";
import { runYearToDate } from "./year-to-date.ts";

export type Relation = "facts" | "exact";

/**
 * Reads in one snapshot: a refresh that commits meanwhile takes cells away between the question
 * which of them stand and the reading of them, and a sum of what is left would be a wrong number.
 */
export function inSnapshot<T>(
  db: Database,
  settings: MetricSettings,
  relation: Relation,
  read: (sql: Sql) => Promise<T>,
): Promise<T> {
  return db.transaction(read, {
    readOnly: true,
    isolation: "repeatable read",
    settings: relationSettings(relation, settings),
  });
}

/** search_path is the whole difference between the facts and the sources. */
export function relationSettings(
  relation: Relation,
  settings: MetricSettings,
): Record<string, string> {
  return {
    search_path: `${relation}, source, bot`,
    "kpi.tz": settings.timeZone,
    // Memoize misjudges how often a window's key repeats: a backfill takes 1.5 times as long with it.
    enable_memoize: "off",
    // A backfill groups hundreds of thousands of rows; the default of 4 MB sorts them on disk.
    work_mem: "64MB",
    // What a window reads is in memory or on a disk without seeks. With the default the planner
    // would rather compare every row with every window than read each window by its index.
    random_page_cost: "1.1",
  };
}

/** One window is planned as nested loops, over all plans or all of a base: 100 times too slow. */
export async function planFor(sql: Sql, windows: number): Promise<void> {
  const value = windows === 1 ? "off" : "on";
  await sql.run("SELECT set_config('enable_nestloop', $1, true)", [value]);
}

/**
 * The sums of each window, and of each segment when `by` is given; windows without rows are absent.
 * `sql` is that of `inSnapshot`.
 */
export async function runWindows(
  sql: Sql,
  settings: MetricSettings,
  question: WindowsQuestion,
): Promise<Measured[]> {
  const { metric, weeks, width, filters, by, grain } = question;
  if (weeks.length === 0) return [];
  if (metric.aggregation === "year_to_date") return runYearToDate(sql, settings, question);
  if (isWeekByWeek(question)) return runWeekByWeek(sql, settings, question);
  await planFor(sql, weeks.length);
  const binder = newBinder();
  const units = unitQuerySql(
    {
      metric,
      settings,
      windows: weeks.map((week) => windowOf(metric, settings, week, width, grain)),
      filters,
      group: by ? [by] : [],
      detail: "sums",
    },
    binder,
  );
  const hist = metric.aggregation === "hist";
  const sums = hist
    ? `NULL::text AS num, NULL::text AS den, ARRAY[${Array.from({ length: BUCKETS }, (_, i) => `q.b${i}`).join(",")}] AS hist`
    : "q.num::text AS num, q.den::text AS den, NULL::bigint[] AS hist";
  return metricRows(
    sql,
    metric,
    measuredRow,
    `SELECT ${weekSql(weeks, width, grain)}::text AS week, ${by ? `q."${by}"` : "NULL::text"} AS segment, q.n, ${sums} FROM (${units}) q`,
    binder.values,
  );
}
