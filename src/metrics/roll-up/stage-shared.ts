/** The part of a metric's SQL that all of its cells read: `shared` of its definition. */
import type { Sql } from "../../db/index.ts";
import type { Grain } from "../../periods.ts";
import type { WeekStart } from "../answer.ts";
import type { Metric, MetricSettings } from "../catalogue/index.ts";
import { newBinder } from "../query/binder.ts";
import { sharedSql } from "../query/unit-query.ts";
import { windowOf } from "../query/window.ts";

export interface WeeksOfWidth {
  width: number;
  weeks: readonly WeekStart[];
}

/** What the SQL of all widths and passes reads of the events, read once. `read`: all weeks that it reads. */
export async function stageShared(
  sql: Sql,
  settings: MetricSettings,
  metric: Metric,
  read: readonly WeeksOfWidth[],
  grain?: Grain,
): Promise<void> {
  // A company's own login may neither create the table nor see it: its SQL reads `shared` as a part of itself.
  const { shared } = metric;
  if (shared === undefined || metric.origin !== null || read.length === 0) return;
  const windows = read.flatMap(({ width, weeks }) =>
    weeks.map((week) => windowOf(metric, settings, week, width, grain)),
  );
  const binder = newBinder();
  const rows = sharedSql({ ...metric, shared }, settings, windows, binder);
  await sql.run(`CREATE TEMP TABLE shared ON COMMIT DROP AS ${rows}`, binder.values);
  await sql.run("ANALYZE shared");
}
