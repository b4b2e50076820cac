/** The figures of docs/demo.md's stories, by SQL over the source tables. */
import { z } from "zod";
import { quietCustomerName } from "../../demo/company/index.ts";
import type { Database } from "../../src/db/index.ts";
import { end, told } from "./options.ts";
import type { Share } from "./two-shares.ts";

const shareRow = z.object({ arm: z.string(), x: z.coerce.number(), n: z.coerce.number() });

function byArm(rows: readonly z.infer<typeof shareRow>[]): (arm: string) => Share {
  const shares = new Map(rows.map(({ arm, x, n }) => [arm, { x, n }]));
  return (arm) => shares.get(arm) ?? { x: 0, n: 0 };
}

/** Adopted of signed up by source, over the latest 13 cohorts whose adoption is known. */
export async function adoptionBySource(db: Database): Promise<(source: string) => Share> {
  const rows = await db.rows(
    shareRow,
    `SELECT source AS arm, count(*) FILTER (WHERE adopted) AS x, count(*) AS n
     FROM adoption WHERE cohort + 13 BETWEEN $1::int - 13 AND $1::int - 1 GROUP BY 1`,
    [told.weeks],
  );
  return byArm(rows);
}

/** METRICS.md 4.5: churned by day 91 of the customers of day 28, by core features used before it. */
export async function earlyUseAndChurn(db: Database): Promise<(arm: "low" | "high") => Share> {
  const paid = (day: number) => `EXISTS (
    SELECT 1 FROM subscription_periods s WHERE s.account_id = a.account_id AND s.status = 'paid' AND s.mrr > 0
    AND s.valid_from < ts(day_of(a.signed_up_at) + ${day})
    AND (s.valid_to IS NULL OR s.valid_to >= ts(day_of(a.signed_up_at) + ${day})))`;
  const rows = await db.rows(
    shareRow,
    `WITH p AS (
       SELECT a.account_id, ${paid(91)} AS paid91,
         (SELECT count(DISTINCT u.feature_id) FROM usage_daily u JOIN features f USING (feature_id)
          WHERE u.account_id = a.account_id AND f.is_core AND u.event_count > 0
            AND u.usage_date >= day_of(a.signed_up_at) AND u.usage_date < day_of(a.signed_up_at) + 28) AS used
       FROM acct a WHERE a.signed_up_at >= ts($1::date - 7 * 27) AND a.signed_up_at < ts($1::date - 7 * 14) AND ${paid(28)}),
     q AS (SELECT *, used < (SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY used) FROM p) AS low FROM p)
     SELECT CASE WHEN low THEN 'low' ELSE 'high' END AS arm, count(*) FILTER (WHERE NOT paid91) AS x, count(*) AS n
     FROM q GROUP BY 1`,
    [end],
  );
  return byArm(rows);
}

const quietRow = z.object({
  events: z.coerce.number(),
  events_before: z.coerce.number(),
  requests: z.coerce.number(),
  requests_before: z.coerce.number(),
  error_rate: z.coerce.number(),
  error_rate_before: z.coerce.number(),
  csat: z.coerce.number(),
  csat_before: z.coerce.number().nullable(),
  last_answer: z.string(),
  tickets_rising: z.coerce.number(),
  tickets_lately: z.coerce.number(),
  escalations_open: z.coerce.number(),
  reviews_done: z.coerce.number(),
  reviews_due: z.coerce.number(),
  renewals_due: z.coerce.number(),
  mrr: z.coerce.number(),
  mrr_before: z.coerce.number(),
});

/** What each team's tables say of the quiet customer at the end of the newest week. */
export async function quietCustomer(db: Database): Promise<z.infer<typeof quietRow>> {
  const days = (from: number, to: number, column: string) =>
    `${column} >= ts($1::date - ${from}) AND ${column} < ts($1::date - ${to})`;
  const mrr = (at: string) => `(SELECT sum(mrr) FROM subscription_periods JOIN q USING (account_id)
     WHERE status = 'paid' AND valid_from < ts(${at}) AND (valid_to IS NULL OR valid_to >= ts(${at})))`;
  const [row] = await db.rows(
    quietRow,
    `WITH q AS (SELECT account_id FROM accounts WHERE name = $2),
     u AS (SELECT coalesce(sum(event_count) FILTER (WHERE usage_date >= $1::date - 28), 0) AS events,
                  sum(event_count) FILTER (WHERE usage_date >= $1::date - 84 AND usage_date < $1::date - 56) AS events_before
           FROM usage_daily JOIN q USING (account_id)),
     t AS (SELECT coalesce(sum(requests) FILTER (WHERE ${days(28, 0, "hour_start")}), 0) AS requests,
                  sum(requests) FILTER (WHERE ${days(84, 56, "hour_start")}) AS requests_before,
                  sum(errors) FILTER (WHERE ${days(28, 0, "hour_start")})::numeric
                    / nullif(sum(requests) FILTER (WHERE ${days(28, 0, "hour_start")}), 0) AS error_rate,
                  sum(errors) FILTER (WHERE ${days(147, 56, "hour_start")})::numeric
                    / sum(requests) FILTER (WHERE ${days(147, 56, "hour_start")}) AS error_rate_before
           FROM telemetry_hourly JOIN q USING (account_id)),
     s AS (SELECT avg(score) FILTER (WHERE ${days(91, 0, "responded_at")}) AS csat,
                  avg(score) FILTER (WHERE ${days(730, 91, "responded_at")}) AS csat_before,
                  max(responded_at)::text AS last_answer
           FROM surveys JOIN q USING (account_id) WHERE kind = 'csat'),
     k AS (SELECT count(*) FILTER (WHERE ${days(56, 28, "created_at")}) AS tickets_rising,
                  count(*) FILTER (WHERE ${days(28, 0, "created_at")}) AS tickets_lately
           FROM tickets JOIN q USING (account_id)),
     e AS (SELECT count(*) AS escalations_open FROM escalations JOIN q USING (account_id)
           WHERE opened_at < ts($1::date - 7) AND resolved_at IS NULL),
     c AS (SELECT count(*) FILTER (WHERE completed_at >= ts($1::date - 91)) AS reviews_done,
                  count(*) FILTER (WHERE due_on >= $1::date - 91 AND due_on < $1::date) AS reviews_due
           FROM cs_activities JOIN q USING (account_id) WHERE kind = 'qbr'),
     r AS (SELECT count(*) AS renewals_due FROM renewals JOIN q USING (account_id)
           WHERE due_on >= $1::date AND due_on < $1::date + 90 AND decided_on IS NULL)
     SELECT *, ${mrr("$1::date")} AS mrr, ${mrr("$1::date - 91")} AS mrr_before FROM u, t, s, k, e, c, r`,
    [end, quietCustomerName],
  );
  if (row === undefined) throw new Error(`${quietCustomerName} is not there`);
  return row;
}
