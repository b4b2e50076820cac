/** Computes the cells of a metric for given weeks, or months, in one pass over the facts for those near each other, and stores them. */
import { z } from "zod";
import type { Database, Sql } from "../../db/index.ts";
import type { Grain } from "../../periods.ts";
import type { WeekStart } from "../answer.ts";
import type { Metric, MetricSettings } from "../catalogue/index.ts";
import { newBinder } from "../query/binder.ts";
import { fiscalYearOf } from "../query/fiscal-year.ts";
import { planFor, relationSettings } from "../query/run-windows.ts";
import { type UnitQuery, unitQuerySql } from "../query/unit-query.ts";
import { weekSql, windowOf } from "../query/window.ts";
import { weeksFrom } from "../week.ts";
import { type CellPass, cellPasses, isByAccount } from "./cell-key.ts";
import { insertSet } from "./insert-set.ts";
import { CELLS_LOCK, FACTS_LOCK } from "./locks.ts";
import { nearWeeks } from "./near-weeks.ts";
import { computedWeeks } from "./read-cells.ts";
import { giveCodes, measuresOf, stageCodes } from "./stage-codes.ts";
import { stageOwn } from "./stage-own.ts";
import { stageShared, type WeeksOfWidth } from "./stage-shared.ts";
import { noteMoved } from "./told-totals.ts";
import { uncountedWeeks, writeCounts } from "./write-counts.ts";

/**
 * Computes those of `weeks`, or months, that have no cells yet, at each of the widths, all sets in one
 * transaction; the number of weeks computed, added up over widths. None while another process
 * computes cells of this metric: what is still missing then is answered from the facts.
 */
export async function writeCells(
  db: Database,
  settings: MetricSettings,
  metric: Metric,
  widths: readonly number[],
  weeks: readonly WeekStart[],
  grain?: Grain,
): Promise<number> {
  return db.transaction(
    async (sql) => {
      // Until the cells are committed nobody renews the facts: the cells would then be those of the
      // old facts, written after the stale ones had been taken away.
      await sql.run("SELECT pg_advisory_xact_lock_shared($1)", [FACTS_LOCK]);
      if (!(await isOurs(sql, metric))) return 0;
      const missing = await missingCells(sql, metric, widths, weeks, grain);
      const task = { db, sql, settings, metric, grain };
      for (const run of nearWeeks(missing.flatMap(({ staged }) => staged)))
        await writeRun(task, within(missing, new Set(run)));
      return missing.reduce((sum, { weeks }) => sum + weeks.length, 0);
    },
    { settings: { ...relationSettings("facts", settings), ...STAGING } },
  );
}

/** What all steps of one transaction share. */
interface Task {
  db: Database;
  sql: Sql;
  settings: MetricSettings;
  metric: Metric;
  grain: Grain | undefined;
}

/** Computes weeks that are near each other, at all widths. */
async function writeRun(task: Task, missing: readonly MissingWeeks[]): Promise<void> {
  const { db, sql, settings, metric, grain } = task;
  await stageShared(
    sql,
    settings,
    metric,
    missing.map(({ width, staged }) => ({ width, weeks: weeksRead(settings, metric, staged) })),
    grain,
  );
  for (const { width, weeks, uncounted, staged } of missing)
    for (const [i, pass] of cellPasses(metric).entries()) {
      await stageUnits(task, width, staged, pass);
      await giveCodes(db, sql, pass);
      const units = await stageCodes(sql, metric, pass);
      for (const set of pass.sets) await insertSet(sql, metric, width, weeks, set, grain);
      // The first pass is that of the total's units.
      if (i === 0) {
        await noteMoved(sql, metric, width, weeks, grain);
        await writeCounts(sql, settings, metric, width, uncounted, units, grain);
      }
      // The next pass, width and run reuse the names.
      await sql.run("DROP TABLE unit_sum, coded_sum; DROP TABLE IF EXISTS coded_unit");
    }
  await sql.run("DROP TABLE IF EXISTS shared");
}

/** Weeks without cells, and those whose accounts are not counted though their cells may stand. */
interface MissingWeeks extends WeeksOfWidth {
  uncounted: readonly WeekStart[];
  /** All of them: whose units are read. */
  staged: readonly WeekStart[];
}

async function missingCells(
  sql: Sql,
  metric: Metric,
  widths: readonly number[],
  weeks: readonly WeekStart[],
  grain: Grain | undefined,
): Promise<MissingWeeks[]> {
  const missing: MissingWeeks[] = [];
  for (const width of widths) {
    const computed = await computedWeeks(sql, metric, width, weeks, "cell", grain);
    const without = weeks.filter((week) => !computed.has(week));
    const uncounted = await uncountedWeeks(sql, metric, width, weeks, grain);
    const staged = [...new Set([...without, ...uncounted])].sort();
    missing.push({ width, weeks: without, uncounted, staged });
  }
  return missing.filter(({ staged }) => staged.length > 0);
}

/** Those of them that a run has. */
function within(missing: readonly MissingWeeks[], run: ReadonlySet<WeekStart>): MissingWeeks[] {
  const kept = (weeks: readonly WeekStart[]): WeekStart[] => weeks.filter((week) => run.has(week));
  return missing
    .map(({ width, weeks, uncounted, staged }) => ({
      ...{ width, weeks: kept(weeks), uncounted: kept(uncounted), staged: kept(staged) },
    }))
    .filter(({ staged }) => staged.length > 0);
}

const STAGING = {
  // Of a stage the planner must know little: with the default's samples an ANALYZE takes as long as
  // a set of cells.
  default_statistics_target: "10",
  // Rows of a backfill are guessed ten times too many, and sorted then where they fit into a hash.
  enable_mergejoin: "off",
};

/** Not waited for: a waiting one would keep a connection that the one at work may need. */
async function isOurs(sql: Sql, metric: Metric): Promise<boolean> {
  const [row] = await sql.rows(
    z.object({ ours: z.boolean() }),
    "SELECT pg_try_advisory_xact_lock($1, hashtext($2)) AS ours",
    [CELLS_LOCK, metric.cells.metric],
  );
  return row?.ours === true;
}

async function stageUnits(
  { sql, settings, metric, grain }: Task,
  width: number,
  missing: readonly WeekStart[],
  { group }: CellPass,
): Promise<void> {
  const weeks = weeksRead(settings, metric, missing);
  const binder = newBinder();
  const windows = weeks.map((week) => windowOf(metric, settings, week, width, grain));
  const isStaged = metric.origin === null;
  const detail = detailOf(metric);
  const units = unitQuerySql(
    { metric, settings, windows, filters: {}, group, detail, isStaged },
    binder,
  );
  const years = isOfYear(metric) ? weeks.map((week) => yearOf(settings, week)) : weeks;
  const ends = `unnest(${binder.bind(weeks, "date[]")}, ${binder.bind(years, "date[]")})`;
  const read = `SELECT q.*, y.week, y.year FROM (${units}) q
     JOIN ${ends} AS y(week, year) ON y.week = ${weekSql(weeks, width, grain)}`;
  const [first] = missing;
  const staged =
    first === weeks[0] || !isByAccount(metric)
      ? read
      : whoWasThere(read, group, binder.bind(first, "date"));
  await planFor(sql, weeks.length);
  if (isStaged)
    await sql.run(`CREATE TEMP TABLE unit_sum ON COMMIT DROP AS ${staged}`, binder.values);
  else {
    const shape = { group, measures: measuresOf(metric), windows: weeks.length };
    await stageOwn(sql, metric, shape, staged, binder.values);
  }
  await sql.run("ANALYZE unit_sum");
}

/** Whether an account is new in a week of the year is told by the weeks of the year before it. */
function weeksRead(
  settings: MetricSettings,
  metric: Metric,
  missing: readonly WeekStart[],
): readonly WeekStart[] {
  const [first, last] = [missing[0], missing.at(-1)];
  if (!isOfYear(metric) || first === undefined || last === undefined) return missing;
  return weeksFrom(yearOf(settings, first), last);
}

/**
 * Rows of a year, where those before the week `first` only tell who was there: such a row an account
 * and labels, for whom nothing is below nought. Of the others each week has to be added up by itself
 * before anybody can say that something was there, so theirs stay.
 */
function whoWasThere(rows: string, group: readonly string[], first: string): string {
  const keys = ["year", ...group.map((name) => `"${name}"`), "account_id"].join(", ");
  const columns = `week, ${keys}, num, den, n`;
  const isLeft = `week < ${first} AND account_id NOT IN (TABLE below)`;
  return `WITH unit AS MATERIALIZED (${rows}),
     below AS MATERIALIZED (SELECT DISTINCT account_id FROM unit WHERE num < 0 OR den < 0)
     SELECT ${columns} FROM unit WHERE NOT (${isLeft})
     UNION ALL
     SELECT min(week), ${keys}, max(num), max(den), max(n) FROM unit WHERE ${isLeft} GROUP BY ${keys}`;
}

function isOfYear(metric: Metric): boolean {
  return metric.aggregation === "year_to_date";
}

function yearOf(settings: MetricSettings, week: WeekStart): WeekStart {
  return fiscalYearOf(week, settings).firstWeek;
}

function detailOf(metric: Metric): UnitQuery["detail"] {
  if (metric.values !== undefined) return "rows";
  return isByAccount(metric) ? "accounts" : "sums";
}
