import { end } from "./options.ts";

/** What must hold in every row of the demo company: each statement counts the rows that break it. */
interface Identity {
  holds: string;
  broken: string;
}

const buckets = Array.from({ length: 15 }, (_, i) => `b${i}`).join(" + ");

const accountTables = [
  "users",
  "subscription_periods",
  "revenue_daily",
  "usage_daily",
  "telemetry_hourly",
  "journey_runs",
  "workspace_objects",
  "tickets",
  "escalations",
  "surveys",
  "cs_activities",
  "renewals",
  "customer_outcomes",
];

/** Columns that say when something happened; due dates and terms may lie ahead. */
const happened: readonly [table: string, column: string][] = [
  ["leads", "created_at"],
  ["opportunities", "created_at"],
  ["accounts", "signed_up_at"],
  ["users", "created_at"],
  ["subscription_periods", "valid_from"],
  ["revenue_daily", "revenue_date"],
  ["usage_daily", "usage_date"],
  ["telemetry_hourly", "hour_start"],
  ["journey_runs", "started_at"],
  ["workspace_objects", "created_at"],
  ["tickets", "created_at"],
  ["escalations", "opened_at"],
  ["surveys", "responded_at"],
  ["cs_activities", "completed_at"],
  ["renewals", "decided_on"],
  ["incidents", "started_at"],
  ["releases", "released_at"],
  ["capacity_hourly", "hour_start"],
  ["marketing_daily", "day"],
  ["metric_observations", "reported_at"],
];

export const identities: readonly Identity[] = [
  {
    holds: "the buckets hold the requests that neither failed nor were throttled",
    broken: `SELECT count(*) FROM telemetry_hourly WHERE ${buckets} <> requests - errors - throttled`,
  },
  {
    holds: "telemetry is of the account's own region and of a service that exists there",
    broken: `SELECT count(*) FROM telemetry_hourly t JOIN accounts a USING (account_id)
               LEFT JOIN service_regions s ON s.service = t.service AND s.region = t.region
               WHERE t.region <> a.region OR s.service IS NULL`,
  },
  {
    holds: "exactly one primary line is in force from sign-up until the account closes",
    broken: `SELECT count(*) FROM (
                 SELECT a.signed_up_at, a.closed_at, valid_from, valid_to,
                        lag(valid_to) OVER line AS before, lead(valid_from) OVER line AS next,
                        row_number() OVER line AS nth
                 FROM subscription_periods JOIN accounts a USING (account_id) WHERE is_primary
                 WINDOW line AS (PARTITION BY account_id ORDER BY valid_from)) p
               WHERE (nth = 1 AND valid_from <> signed_up_at) OR (nth > 1 AND before IS DISTINCT FROM valid_from)
                  OR (next IS NULL AND valid_to IS DISTINCT FROM closed_at)
                  OR (valid_to IS NOT NULL AND valid_to <= valid_from)`,
  },
  {
    holds: "every account has a primary line",
    broken: `SELECT count(*) FROM accounts a WHERE NOT EXISTS (
                 SELECT 1 FROM subscription_periods s WHERE s.account_id = a.account_id AND s.is_primary)`,
  },
  {
    holds: "a closed account has no line in force",
    broken: `SELECT count(*) FROM subscription_periods s JOIN accounts a USING (account_id)
               WHERE a.closed_at IS NOT NULL AND (s.valid_to IS NULL OR s.valid_to > a.closed_at)`,
  },
  {
    holds: "only paid lines have a price, and they all do",
    broken: "SELECT count(*) FROM subscription_periods WHERE (status = 'paid') <> (mrr > 0)",
  },
  {
    holds: "first paid is when the first paid line begins",
    broken: `SELECT count(*) FROM accounts a LEFT JOIN (
                 SELECT account_id, min(valid_from) AS since FROM subscription_periods WHERE status = 'paid' GROUP BY 1) s
               USING (account_id) WHERE a.first_paid_at IS DISTINCT FROM s.since`,
  },
  {
    holds: "value, activation and qualification come in this order after sign-up",
    broken: `SELECT count(*) FROM accounts WHERE first_value_at <= signed_up_at OR activated_at <= first_value_at
               OR pql_at <= activated_at OR (activated_at IS NOT NULL AND first_value_at IS NULL)`,
  },
  {
    holds: "usage is by a user who had joined, of an account that is open",
    broken: `SELECT count(*) FROM usage_daily u JOIN accounts a USING (account_id)
               LEFT JOIN users w USING (account_id, user_id)
               WHERE w.user_id IS NULL OR day_of(w.created_at) > u.usage_date
                  OR u.usage_date > day_of(coalesce(a.closed_at, 'infinity'))`,
  },
  {
    holds: "features and models are used only once they are available",
    broken: `SELECT count(*) FROM usage_daily JOIN features USING (feature_id) JOIN models USING (model_id)
               WHERE usage_date < ga_on OR usage_date < available_from OR (model_id = 'none' AND tokens > 0)`,
  },
  {
    holds: "subscription revenue is of a customer",
    broken: `SELECT count(*) FROM revenue_daily r WHERE revenue_kind = 'subscription' AND NOT EXISTS (
                 SELECT 1 FROM subscription_periods s WHERE s.account_id = r.account_id AND s.status = 'paid'
                 AND s.valid_from < ts(r.revenue_date + 1) AND (s.valid_to IS NULL OR s.valid_to >= ts(r.revenue_date)))`,
  },
  {
    holds: "tickets are solved after they were opened, and reopened after they were solved",
    broken: `SELECT count(*) FROM tickets WHERE first_solved_at <= created_at OR first_reopened_at < first_solved_at
               OR solved_at < first_solved_at OR escalated_at < created_at`,
  },
  {
    holds: "an escalation belongs to a ticket that says so",
    broken: `SELECT count(*) FROM escalations e LEFT JOIN tickets t USING (account_id, ticket_id)
               WHERE t.escalated_at IS DISTINCT FROM e.opened_at`,
  },
  {
    holds: "a converted lead became an account of the same source",
    broken: `SELECT count(*) FROM leads l LEFT JOIN accounts a USING (account_id)
               WHERE l.converted_at IS NOT NULL AND (a.account_id IS NULL OR a.source <> l.source
                  OR a.campaign_id <> l.campaign_id OR l.converted_at <> a.signed_up_at)`,
  },
  {
    holds: "an account's campaign runs on its channel",
    broken: `SELECT count(*) FROM accounts a LEFT JOIN campaigns c USING (campaign_id)
               WHERE c.campaign_id IS NULL OR (c.campaign_id <> 'none' AND c.channel <> a.channel)`,
  },
  {
    holds: "a renewal is decided with an outcome or not at all",
    broken: `SELECT count(*) FROM renewals WHERE (outcome IS NULL) <> (decided_on IS NULL)
               OR (outcome = 'churned' AND mrr_renewed > 0)`,
  },
  {
    holds: "every table has its watermark, at the Monday after the newest week",
    broken: `SELECT count(*) FROM information_schema.tables t
               LEFT JOIN source_watermarks w ON w.source_table = t.table_name
               WHERE table_schema = 'source' AND table_type = 'BASE TABLE' AND table_name <> 'source_watermarks'
                 AND w.complete_through IS DISTINCT FROM ts('${end}')`,
  },
  ...accountTables.map((table) => ({
    holds: `${table} are of accounts that exist`,
    broken: `SELECT count(*) FROM ${table} x LEFT JOIN accounts a USING (account_id) WHERE a.account_id IS NULL`,
  })),
  ...happened.map(([table, column]) => ({
    holds: `no ${column} of ${table} lies after the newest week`,
    broken: `SELECT count(*) FROM ${table} WHERE ${column} >= '${end}'`,
  })),
];
