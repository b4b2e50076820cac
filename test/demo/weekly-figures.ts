/**
 * The weekly figures of the demo's scorecard, straight from the source tables and apart from the
 * program's own catalogue: METRICS.md's definitions for k = 1, all weeks in one statement each.
 * Every statement returns `week` (0 the first), `num`, `den` and `n`; a figure is num / den, or num.
 */
import { z } from "zod";
import type { Database } from "../../src/db/index.ts";
import type { Observation, VerdictSeries } from "../../src/metrics/analysis/index.ts";

const figureRow = z.object({
  week: z.coerce.number(),
  num: z.coerce.number(),
  den: z.coerce.number().nullable(),
  n: z.coerce.number(),
});
export type Figure = z.infer<typeof figureRow>;

/**
 * What several figures rest on, worked out once a database: accounts in scope, days of core use,
 * customers at each week's end, and of each account its cohort and whether it adopted.
 */
export async function prepareFigures(
  db: Database,
  firstMonday: string,
  weekCount: number,
): Promise<void> {
  await db.run("ANALYZE");
  await db.run(
    `CREATE FUNCTION public.week_of(day date) RETURNS int IMMUTABLE LANGUAGE sql
     AS $$ SELECT (day - DATE '${firstMonday}') / 7 $$`,
  );
  await db.run("CREATE TABLE public.acct AS SELECT * FROM accounts WHERE NOT is_internal");
  await db.run(
    `CREATE TABLE public.core_day AS SELECT DISTINCT account_id, usage_date AS day
     FROM usage_daily JOIN features USING (feature_id) JOIN acct USING (account_id)
     WHERE is_core AND event_count > 0`,
  );
  await db.run("ANALYZE public.acct, public.core_day");
  const weeks = `(SELECT i AS week, '${firstMonday}'::date + 7 * i + 7 AS b FROM generate_series(0, ${weekCount - 1}) i)`;
  await db.run(
    `CREATE TABLE public.customer_week AS
     SELECT w.week, s.account_id, sum(s.mrr) AS mrr FROM ${weeks} w JOIN subscription_periods s
       ON s.status = 'paid' AND s.valid_from < ts(w.b) AND (s.valid_to IS NULL OR s.valid_to >= ts(w.b))
     JOIN acct USING (account_id) GROUP BY 1, 2 HAVING sum(s.mrr) > 0`,
  );
  await db.run(
    `CREATE TABLE public.adoption AS
     SELECT a.account_id, a.source, week_of(day_of(a.signed_up_at)) AS cohort,
            count(DISTINCT (c.day - day_of(a.signed_up_at)) / 7) >= 7 AS adopted
     FROM acct a LEFT JOIN core_day c ON c.account_id = a.account_id
      AND c.day >= day_of(a.signed_up_at) AND c.day < day_of(a.signed_up_at) + 91
     GROUP BY 1, 2, 3`,
  );
  await db.run("ANALYZE public.customer_week, public.adoption");
}

const bounds = "5 10 25 50 75 100 250 500 750 1000 2500 5000 7500 10000".split(" ");
const buckets = Array.from({ length: 15 }, (_, i) => `b${i}`);

/** The 99th percentile of the week's merged histogram, linear inside a bucket, 10000 for the last. */
const p99 = `
  h AS (SELECT week_of(day_of(hour_start)) AS week, ${buckets.map((b) => `sum(${b}) AS ${b}`)}
        FROM telemetry_hourly JOIN acct USING (account_id) GROUP BY 1),
  c AS (SELECT week, lo, hi, c, sum(c) OVER (PARTITION BY week ORDER BY lo) AS upto,
               sum(c) OVER (PARTITION BY week) AS total
        FROM h, LATERAL (VALUES ${buckets.map((b, i) => `(${b}, ${bounds[i - 1] ?? 0}, ${bounds[i] ?? 10000})`)}) v(c, lo, hi))
  SELECT week, lo + (hi - lo) * (0.99 * total - (upto - c)) / c AS num, NULL AS den, total AS n
  FROM c WHERE c > 0 AND upto >= 0.99 * total AND upto - c < 0.99 * total ORDER BY 1`;

interface Measure {
  kind: VerdictSeries["kind"];
  nMin: number;
  fraction: boolean;
  sql: string;
}

export const scorecard = {
  weekly_revenue: {
    ...{ kind: "value", nMin: 0, fraction: false },
    sql: `SELECT week_of(revenue_date) AS week, sum(net_amount) AS num, NULL AS den,
          count(DISTINCT account_id) AS n FROM revenue_daily JOIN acct USING (account_id) GROUP BY 1 ORDER BY 1`,
  },
  mrr: {
    ...{ kind: "value", nMin: 0, fraction: false },
    sql: `SELECT week, sum(mrr) AS num, NULL AS den, count(*) AS n
          FROM customer_week GROUP BY 1 ORDER BY 1`,
  },
  arpa: {
    ...{ kind: "value", nMin: 20, fraction: false },
    sql: `SELECT week, sum(mrr) AS num, count(*) AS den, count(*) AS n
          FROM customer_week GROUP BY 1 ORDER BY 1`,
  },
  active_accounts: {
    ...{ kind: "stock", nMin: 0, fraction: false },
    sql: `SELECT week_of(day) AS week, count(DISTINCT account_id) AS num,
          NULL AS den, count(DISTINCT account_id) AS n FROM core_day GROUP BY 1 ORDER BY 1`,
  },
  weekly_sign_ups: {
    ...{ kind: "flow", nMin: 0, fraction: false },
    sql: `SELECT week_of(day_of(signed_up_at)) AS week, count(*) AS num, NULL AS den,
          count(*) AS n FROM acct GROUP BY 1 ORDER BY 1`,
  },
  adoption_rate: {
    ...{ kind: "prop", nMin: 30, fraction: true },
    sql: `SELECT cohort + 13 AS week, count(*) FILTER (WHERE adopted) AS num,
          count(*) AS den, count(*) AS n FROM adoption GROUP BY 1 ORDER BY 1`,
  },
  retention_rate: {
    ...{ kind: "prop", nMin: 30, fraction: true },
    sql: `SELECT s.week + 1 AS week, count(e.account_id) AS num,
          count(*) AS den, count(*) AS n FROM customer_week s
          LEFT JOIN customer_week e ON e.account_id = s.account_id AND e.week = s.week + 1 GROUP BY 1 ORDER BY 1`,
  },
  customer_satisfaction_score: {
    ...{ kind: "prop", nMin: 30, fraction: true },
    sql: `SELECT week_of(day_of(responded_at)) AS week, count(*) FILTER (WHERE score >= 4) AS num,
          count(*) AS den, count(*) AS n FROM surveys JOIN acct USING (account_id)
          WHERE kind = 'csat' GROUP BY 1 ORDER BY 1`,
  },
  error_rate: {
    ...{ kind: "value", nMin: 1000, fraction: true },
    sql: `SELECT week_of(day_of(hour_start)) AS week, sum(errors) AS num, sum(requests) AS den,
          sum(requests) AS n FROM telemetry_hourly JOIN acct USING (account_id) GROUP BY 1 ORDER BY 1`,
  },
  latency_p99: {
    ...{ kind: "value", nMin: 1000, fraction: false },
    sql: `WITH ${p99}`,
  },
} as const satisfies Record<string, Measure>;

export type ScorecardMetric = keyof typeof scorecard;

/** One entry a week; null where the statement gives no row. */
export async function weeklyFigures(
  db: Database,
  metric: ScorecardMetric,
  weekCount: number,
): Promise<(Figure | null)[]> {
  const rows = await db.rows(figureRow, scorecard[metric].sql);
  const byWeek = new Map(rows.map((row) => [row.week, row]));
  return Array.from({ length: weekCount }, (_, week) => byWeek.get(week) ?? null);
}

export function figureValue(figure: Figure | null): number | null {
  if (figure === null) return null;
  return figure.den === null ? figure.num : figure.num / figure.den;
}

/** The figures as what the verdict's walk observes. */
export function seriesOf(
  metric: ScorecardMetric,
  figures: readonly (Figure | null)[],
): VerdictSeries {
  const { kind, nMin, fraction } = scorecard[metric];
  return {
    kind,
    nMin,
    fraction,
    minEffect: null,
    resets: [],
    observations: figures.map((figure): Observation => {
      if (figure === null) return kind === "flow" || kind === "stock" ? 0 : null;
      if (kind === "prop") return { x: figure.num, n: figure.n };
      return kind === "value" && figure.n < nMin ? null : figureValue(figure);
    }),
  };
}
