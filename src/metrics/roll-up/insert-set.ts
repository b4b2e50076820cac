/** The cells of one set of dimensions, out of the sums that a pass has staged. */
import type { Sql } from "../../db/index.ts";
import type { Grain } from "../../periods.ts";
import type { WeekStart } from "../answer.ts";
import type { Metric } from "../catalogue/index.ts";
import { BUCKETS, quantileMeasures } from "../query/unit-query.ts";
import { codedDimensions, type DimensionSet, FULL, TOTAL } from "./cell-key.ts";
import { bucketNames } from "./stage-codes.ts";

/** Of `weeks`, or months, which have none yet of this width. */
export async function insertSet(
  sql: Sql,
  metric: Metric,
  width: number,
  weeks: readonly WeekStart[],
  set: DimensionSet,
  grain: Grain | undefined,
): Promise<void> {
  const cells = set === TOTAL ? totalsSql(metric) : groupedSql(metric, set);
  await sql.run(
    `INSERT INTO cell (metric, version, grain, window_weeks, period, dimension_set, tier, codes, num, den, n, hist)
     SELECT $1, $2, $6, $3, s.week, $4, s.tier, s.codes, s.num, s.den, s.n, s.hist FROM (${cells}) s`,
    [metric.cells.metric, metric.cells.version, width, set, weeks, grain?.unit ?? "week"],
  );
}

/** The total has a row for every week, also for empty ones: it is what says that a week is computed. */
function totalsSql(metric: Metric): string {
  const { columns } = summed(metric);
  return `SELECT w.week, -1 AS tier, '{}'::int[] AS codes,
                 ${metric.aggregation === "hist" ? "NULL::numeric[] AS num, NULL::numeric[] AS den" : `ARRAY[${metric.values === undefined ? "coalesce(x.num, 0)" : "x.num"}] AS num, ${metric.denominator === null ? "NULL::numeric[]" : "ARRAY[coalesce(x.den, 0)]"} AS den`},
                 ARRAY[coalesce(x.n, 0)] AS n,
                 ${metric.aggregation === "hist" ? `ARRAY[coalesce(x.hist, array_fill(0::bigint, ARRAY[${BUCKETS}]))]` : "NULL::bigint[]"} AS hist
          FROM unnest($5::date[]) AS w(week)
          LEFT JOIN (SELECT week, ${columns.join(", ")} FROM ${summable(metric, ["week"])} GROUP BY week) x USING (week)`;
}

function groupedSql(metric: Metric, set: DimensionSet): string {
  const coded = codedDimensions(metric, set);
  const tier = set === FULL && metric.dimensions.includes("tier") ? "tier" : "-1";
  const keys = ["week", ...coded.map((name) => `"${name}"`), ...(tier === "tier" ? ["tier"] : [])];
  const codes = set === FULL ? `ARRAY[${coded.map((name) => `"${name}"`).join(", ")}]` : `"${set}"`;
  const { columns, arrays } = summed(metric);
  return `SELECT week, tier_key AS tier, array_agg(codes ORDER BY codes) AS codes, ${arrays.join(", ")}
          FROM (SELECT week, ${tier} AS tier_key, ${codes} AS codes, ${columns.join(", ")}
                FROM ${summable(metric, keys)} WHERE week = ANY ($5::date[]) GROUP BY ${keys.join(", ")}) x
          GROUP BY week, tier_key`;
}

/**
 * What is added up for a set. Where accounts are counted each adds one row more, of n alone; of the
 * year it does so in its first week. One hash of the accounts, which is several times faster than
 * count(DISTINCT), and no sums by account, which nobody reads.
 */
function summable(metric: Metric, keys: readonly string[]): string {
  if (metric.n !== "accounts") return "coded_sum";
  const others = keys.filter((key) => key !== "week").map((key) => `${key}, `);
  const [span, week] =
    metric.aggregation === "year_to_date" ? ["year", "min(week)"] : ["week", "week"];
  return `(SELECT week, ${others.join("")}num, den, 0 AS n FROM coded_sum
           UNION ALL
           SELECT ${week}, ${others.join("")}NULL, NULL, 1 FROM coded_sum
           GROUP BY ${span}, ${others.join("")}account_id) counted`;
}

/** The sums of a cell, and how cells become the arrays of a row. */
function summed(metric: Metric): { columns: string[]; arrays: string[] } {
  const n = "sum(n)::bigint AS n";
  if (metric.aggregation === "hist") {
    return {
      columns: [
        `ARRAY[${bucketNames.map((name) => `sum(${name})::bigint`).join(", ")}] AS hist`,
        n,
      ],
      arrays: [
        "NULL::numeric[] AS num",
        "NULL::numeric[] AS den",
        "array_agg(n ORDER BY codes) AS n",
        "array_agg(hist ORDER BY codes) AS hist",
      ],
    };
  }
  return {
    columns: [
      ...(metric.values === undefined
        ? ["sum(num) AS num", "sum(den) AS den"]
        : quantileMeasures(metric, "coded_sum")),
      n,
    ],
    arrays: [
      "array_agg(num ORDER BY codes) AS num",
      metric.denominator === null
        ? "NULL::numeric[] AS den"
        : "array_agg(den ORDER BY codes) AS den",
      "array_agg(n ORDER BY codes) AS n",
      "NULL::bigint[] AS hist",
    ],
  };
}
