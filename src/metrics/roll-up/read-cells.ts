/** Reads the sums of windows out of cells. */
import { z } from "zod";
import type { Sql } from "../../db/index.ts";
import type { Grain } from "../../periods.ts";
import { type Filters, NO_SEGMENT, type WeekStart } from "../answer.ts";
import type { Metric } from "../catalogue/index.ts";
import { type Binder, newBinder } from "../query/binder.ts";
import { type Measured, measuredRow } from "../query/measured.ts";
import { BUCKETS } from "../query/unit-query.ts";
import { type CellPlan, codedDimensions, FULL } from "./cell-key.ts";

/** The cells as they stand, or their totals as they were first told. */
export type CellTable = "cell" | "first_cell";

/** Those of `weeks`, or months, that have cells of this width. */
export async function computedWeeks(
  sql: Sql,
  metric: Metric,
  width: number,
  weeks: readonly WeekStart[],
  table: CellTable = "cell",
  grain?: Grain,
): Promise<Set<WeekStart>> {
  const rows = await sql.rows(
    z.object({ period: z.string() }),
    `SELECT period::text FROM ${table} WHERE metric = $1 AND version = $2 AND grain = $5
     AND window_weeks = $3 AND dimension_set = '' AND tier = -1 AND period = ANY ($4::date[])`,
    [metric.cells.metric, metric.cells.version, width, weeks, grain?.unit ?? "week"],
  );
  return new Set(rows.map((row) => row.period));
}

/**
 * The sums of the windows that end with `weeks`. A week without cells of a segment adds nothing;
 * whether a week is computed at all is asked of `computedWeeks`.
 */
export async function readCells(
  sql: Sql,
  metric: Metric,
  plan: CellPlan,
  weeks: readonly WeekStart[],
  filters: Filters,
  by: string | null,
  table: CellTable = "cell",
): Promise<Measured[]> {
  const [first, last] = [weeks[0], weeks.at(-1)];
  if (first === undefined || last === undefined) return [];
  const binder = newBinder();
  const cells = cellsSql(
    metric,
    plan,
    plan.since(first),
    plan.until(last),
    filters,
    by,
    table,
    binder,
  );
  const asked = binder.bind(weeks, "date[]");
  const since = binder.bind(weeks.map(plan.since), "date[]");
  const until = binder.bind(weeks.map(plan.until), "date[]");
  const pooled = `SELECT w.week::text AS week, x.segment, ${sumColumns(metric)}
     FROM unnest(${asked}, ${since}, ${until}) AS w(week, since, until)
     JOIN cells x ON x.period BETWEEN w.since AND w.until
     GROUP BY w.week, x.segment`;
  return sql.rows(measuredRow, `WITH cells AS (${cells}) ${pooled}`, binder.values);
}

function sumColumns(metric: Metric): string {
  if (metric.aggregation !== "hist")
    return "sum(x.num)::text AS num, sum(x.den)::text AS den, sum(x.n)::bigint AS n, NULL::bigint[] AS hist";
  const buckets = Array.from({ length: BUCKETS }, (_, i) => `sum(x.hist[1][${i + 1}])::bigint`);
  return `NULL::text AS num, NULL::text AS den, sum(x.n)::bigint AS n, ARRAY[${buckets.join(", ")}] AS hist`;
}

/** Rows of (period, segment, num, den, n | hist), one a cell that the filters leave. */
function cellsSql(
  metric: Metric,
  plan: CellPlan,
  first: WeekStart,
  last: WeekStart,
  filters: Filters,
  by: string | null,
  table: CellTable,
  binder: Binder,
): string {
  const key = `c.metric = ${binder.bind(metric.cells.metric, "text")} AND c.version = ${binder.bind(metric.cells.version, "text")}
     AND c.grain = ${binder.bind(plan.cellGrain?.unit ?? "week", "text")} AND c.window_weeks = ${binder.bind(plan.cellWidth, "smallint")}
     AND c.dimension_set = ${binder.bind(plan.set, "text")}
     AND c.period BETWEEN ${binder.bind(first, "date")} AND ${binder.bind(last, "date")}`;
  const names = [...new Set([...Object.keys(filters), ...(by ? [by] : [])])];
  const codeOf = (name: string): string =>
    inKey(plan, name) ? "c.tier" : `v.k${names.indexOf(name)}`;
  const conditions = Object.entries(filters).map(
    ([name, values]) => `${codeOf(name)} = ANY (${codesSql(name, values, binder)})`,
  );
  const segment = by
    ? `coalesce((SELECT label FROM dimension_code k WHERE k.dimension = ${binder.bind(by, "text")} AND k.code = ${codeOf(by)}), '${NO_SEGMENT}')`
    : "NULL::text";
  // The histograms of a row are a matrix, a line a cell.
  const hist = metric.aggregation === "hist" ? ", c.hist[v.i:v.i][:] AS hist" : "";
  const codes = names.map((name) => codesColumn(metric, plan, name));
  return `SELECT c.period, ${segment} AS segment, v.num, v.den, v.n${hist}
     FROM ${table} c, LATERAL unnest(${["c.num", "c.den", "c.n", ...codes].join(", ")}) WITH ORDINALITY
       AS v(${["num", "den", "n", ...names.map((_, i) => `k${i}`), "i"].join(", ")})
     WHERE ${[key, ...conditions].join(" AND ")}`;
}

function inKey(plan: CellPlan, name: string): boolean {
  return plan.set === FULL && name === "tier";
}

/**
 * The codes of one dimension in the order of the cells, in the full set a column of the matrix.
 * Unnested with the measures: a subscript for each cell would unpack the whole array each time.
 */
function codesColumn(metric: Metric, plan: CellPlan, name: string): string {
  if (inKey(plan, name)) return "NULL::int[]";
  if (plan.set !== FULL) return "c.codes";
  const column = codedDimensions(metric, plan.set).indexOf(name) + 1;
  return `c.codes[:][${column}:${column}]`;
}

/** A label that has no code yet matches nothing. */
function codesSql(name: string, values: readonly string[], binder: Binder): string {
  const labels = binder.bind(values, "text[]");
  return `ARRAY(SELECT code FROM dimension_code WHERE dimension = ${binder.bind(name, "text")} AND label = ANY (${labels})
     UNION ALL SELECT 0 WHERE '${NO_SEGMENT}' = ANY (${labels}))`;
}
