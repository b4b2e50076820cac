/** Keeps beside the cells of a metric how many accounts stand behind them (docs/adr/0030-kept-counts.md). */
import { z } from "zod";
import type { Sql } from "../../db/index.ts";
import type { Grain } from "../../periods.ts";
import type { WeekStart } from "../answer.ts";
import type { Metric, MetricSettings } from "../catalogue/index.ts";
import { fiscalYearOf } from "../query/fiscal-year.ts";
import { holdsSql } from "../screen/count-accounts.ts";
import { countedDimensions, countedSets, hasOneLabel, plainDimensions } from "./cell-key.ts";

/** Those of `weeks` whose accounts are to be counted and are not; none of a metric that is not counted. */
export async function uncountedWeeks(
  sql: Sql,
  metric: Metric,
  width: number,
  weeks: readonly WeekStart[],
  grain?: Grain,
): Promise<WeekStart[]> {
  if (!metric.isCounted) return [];
  const rows = await sql.rows(
    z.object({ week: z.string() }),
    `SELECT w.week::text AS week FROM unnest($4::date[]) AS w(week)
     WHERE NOT EXISTS (
       SELECT FROM account_count c WHERE c.metric = $1 AND c.version = $2 AND c.grain = $5
         AND c.window_weeks = $3 AND c.dimension_set = '' AND c.period = w.week)
     ORDER BY 1`,
    [metric.cells.metric, metric.cells.version, width, weeks, grain?.unit ?? "week"],
  );
  return rows.map(({ week }) => week);
}

/**
 * Counts them for `weeks`, ascending, from the units in the temporary table `units`: rows of a week
 * (with the `year` that it adds up to), account and codes of all plain dimensions.
 */
export async function writeCounts(
  sql: Sql,
  settings: MetricSettings,
  metric: Metric,
  width: number,
  weeks: readonly WeekStart[],
  units: string,
  grain?: Grain,
): Promise<void> {
  if (weeks.length === 0) return;
  await sql.run(
    `CREATE TEMP TABLE counted_week ON COMMIT DROP AS
     SELECT * FROM unnest($1::date[], $2::date[]) AS w(week, year)`,
    [weeks, weeks.map((week) => fiscalYearOf(week, settings, grain).firstWeek)],
  );
  await sql.run(
    `CREATE TEMP TABLE below_nought ON COMMIT DROP AS
     SELECT DISTINCT week, account_id FROM ${units} WHERE num < 0 OR den < 0`,
  );
  await stageAlike(sql, metric, units);
  for (const set of countedSets(metric)) {
    const dimensions = countedDimensions(metric, set);
    const isAlike = dimensions.every((name) => hasOneLabel(metric, name));
    const counts = isAlike ? alikeSql(dimensions) : profilesSql(metric, set, units);
    await sql.run(
      // A row for every week, also for empty ones: it is what says that the week is counted.
      `INSERT INTO account_count (metric, version, grain, window_weeks, dimension_set, period, profile, accounts, codes)
       SELECT $1, $2, $5, $3, $4, w.week, coalesce(s.profile, '{}'), coalesce(s.accounts, '{}'), coalesce(s.codes, '{}')
       FROM counted_week w LEFT JOIN (${counts}) s USING (week)`,
      [metric.cells.metric, metric.cells.version, width, set, grain?.unit ?? "week"],
    );
  }
  await sql.run("DROP TABLE counted_week, below_nought, alike");
}

/** The accounts of each week by the dimensions of which each has one label: these add up. */
async function stageAlike(sql: Sql, metric: Metric, units: string): Promise<void> {
  const dimensions = plainDimensions(metric).filter((name) => hasOneLabel(metric, name));
  const keys = ["week", ...quoted(dimensions)].join(", ");
  await sql.run(
    `CREATE TEMP TABLE alike ON COMMIT DROP AS
     SELECT ${keys}, count(*) AS accounts FROM ${heldSql(metric, dimensions, units)} GROUP BY ${keys}`,
  );
}

/** Every entry is a profile of its own. */
function alikeSql(dimensions: readonly string[]): string {
  const keys = ["week", ...quoted(dimensions)].join(", ");
  const codes =
    dimensions.length === 1 ? quoted(dimensions).join() : `ARRAY[${quoted(dimensions)}]`;
  return `SELECT week, NULL::int[] AS profile, array_agg(accounts ORDER BY ${keys}) AS accounts,
                 ${dimensions.length === 0 ? "NULL::int[]" : `array_agg(${codes} ORDER BY ${keys})`} AS codes
          FROM (SELECT ${keys}, sum(accounts)::int AS accounts FROM alike GROUP BY ${keys}) e
          GROUP BY week`;
}

/** An account may stand under several labels: those with the same labels are one profile. */
function profilesSql(metric: Metric, dimension: string, units: string): string {
  // Sorted once they are few: to sort the codes of each account would sort all rows.
  return `SELECT week, array_agg(profile) AS profile, array_agg(accounts) AS accounts, array_agg(code) AS codes
          FROM (SELECT week, ARRAY(SELECT unnest(codes) ORDER BY 1) AS codes, sum(accounts)::int AS accounts,
                       row_number() OVER (PARTITION BY week)::int AS profile
                FROM (SELECT week, codes, count(*) AS accounts
                      FROM (SELECT week, array_agg("${dimension}") AS codes
                            FROM ${heldSql(metric, [dimension], units)} GROUP BY week, account_id) a
                      GROUP BY week, codes) b
                GROUP BY 1, 2) p, unnest(p.codes) AS c(code)
          GROUP BY week`;
}

/**
 * A row a week, account and codes of these dimensions under which it has something; of the year in
 * this week or in one before it.
 */
function heldSql(metric: Metric, dimensions: readonly string[], units: string): string {
  const keys = ["week", "year", "account_id", ...quoted(dimensions)].join(", ");
  // Where nothing is below nought nothing comes to nought. To add numbers up takes several times as
  // long as to look for them, so it is done for the few accounts of which something is.
  const held = `SELECT ${keys} FROM ${units}
    WHERE ${holdsSql("num", "den")} AND (week, account_id) NOT IN (SELECT week, account_id FROM below_nought)
    GROUP BY ${keys}
    UNION ALL
    SELECT ${keys} FROM ${units} JOIN below_nought USING (week, account_id)
    GROUP BY ${keys} HAVING ${holdsSql("sum(num)", "sum(den)")}`;
  if (metric.aggregation !== "year_to_date")
    return `(SELECT * FROM (${held}) h WHERE week IN (SELECT week FROM counted_week)) held`;
  const yearly = ["account_id", ...quoted(dimensions)].join(", ");
  return `(SELECT w.week, f.* FROM counted_week w
           JOIN (SELECT year, ${yearly}, min(week) AS since FROM (${held}) h GROUP BY year, ${yearly}) f
             ON f.year = w.year AND f.since <= w.week) held`;
}

function quoted(dimensions: readonly string[]): string[] {
  return dimensions.map((name) => `"${name}"`);
}
