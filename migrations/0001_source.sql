-- Up Migration

-- source  the tables a company fills (or views over its own): METRICS.md section 2
-- raw     files as they came, text only, for mappings
-- facts   what the metrics read: derived from source, rebuilt from it at any time
-- exact   views of the same names over source, so that search_path alone chooses
-- bot     what the program remembers
CREATE SCHEMA IF NOT EXISTS bot;
CREATE SCHEMA source;
CREATE SCHEMA raw;
CREATE SCHEMA facts;
CREATE SCHEMA exact;

SET LOCAL search_path = source;

-- Canonical source schema, spec_version 1.
-- [R] small reference or platform table  [P] lead-level table
-- [A] account-level table: account_id is part of the key, so that it can be distributed by it.
-- Money is in the one reporting currency, net of discounts, credits and tax.

CREATE TABLE tiers (              -- [R] pricing tiers, lowest rank = entry
  tier       text PRIMARY KEY,
  tier_rank  int  NOT NULL UNIQUE,
  is_paid    boolean NOT NULL
);
CREATE TABLE channels (           -- [R] acquisition channels
  channel    text PRIMARY KEY,
  is_organic boolean NOT NULL     -- word of mouth, referral, organic search, direct, community
);
CREATE TABLE campaigns (          -- [R]
  campaign_id text PRIMARY KEY,   -- the row 'none' must exist
  kind        text NOT NULL CHECK (kind IN ('email','blog','event','paid','partner','other')),
  channel     text NOT NULL REFERENCES channels
);
CREATE TABLE features (           -- [R]
  feature_id    text PRIMARY KEY,
  category      text NOT NULL CHECK (category IN ('core','integration','other')),
  is_core       boolean NOT NULL, -- using it is "getting value"; drives every "active" test
  ga_on         date NOT NULL,
  retired_on    date,
  min_tier_rank int NOT NULL DEFAULT 0
);
CREATE TABLE models (             -- [R] the row 'none' must exist (tokens = 0)
  model_id        text PRIMARY KEY,
  capability_rank int  NOT NULL,  -- larger = more capable
  margin_class    text NOT NULL CHECK (margin_class IN ('standard','high')),
  available_from  date NOT NULL,
  retired_on      date
);
CREATE TABLE service_regions (    -- [R] what can be up or down
  service text, region text, in_sla boolean NOT NULL DEFAULT true,
  PRIMARY KEY (service, region)
);
CREATE TABLE releases (           -- [R]
  release_id  text PRIMARY KEY,
  released_at timestamptz NOT NULL,
  kind        text NOT NULL CHECK (kind IN ('feature','improvement','fix')),
  feature_id  text REFERENCES features
);
CREATE TABLE incidents (          -- [R] one row per incident x service x region; customer-impacting only
  incident_id text, service text, region text,
  severity    int NOT NULL CHECK (severity BETWEEN 1 AND 4),
  is_downtime boolean NOT NULL,   -- false = degraded but up
  started_at  timestamptz NOT NULL,   -- start of impact, not of the ticket
  resolved_at timestamptz,
  PRIMARY KEY (incident_id, service, region)
);
CREATE TABLE capacity_hourly (    -- [R]
  pool text, region text, hour_start timestamptz,
  capacity_units numeric NOT NULL, used_units numeric NOT NULL,
  PRIMARY KEY (pool, region, hour_start)
);
CREATE TABLE marketing_daily (    -- [R] traffic, sends and spend
  day date, channel text REFERENCES channels, campaign_id text REFERENCES campaigns DEFAULT 'none',
  sessions         bigint  NOT NULL DEFAULT 0,
  emails_delivered bigint  NOT NULL DEFAULT 0,
  marketing_spend  numeric NOT NULL DEFAULT 0,
  sales_cost       numeric NOT NULL DEFAULT 0,
  PRIMARY KEY (day, channel, campaign_id)
);
CREATE TABLE targets (            -- [R]
  target_id text PRIMARY KEY, metric_id text NOT NULL,
  dims jsonb NOT NULL DEFAULT '{}',
  target_type text NOT NULL CHECK (target_type IN
     ('cumulative_by_date','level_by_date','at_least','at_most','band')),
  value numeric NOT NULL, value_hi numeric,           -- value_hi only for band
  period_start date NOT NULL, period_end date NOT NULL, -- inclusive dates
  baseline_week date, baseline_value numeric
);
CREATE TABLE metric_observations ( -- [R] directly reported values (and manual corrections)
  metric_id text, week_start date, dims jsonb DEFAULT '{}',
  numerator numeric, denominator numeric, value numeric NOT NULL, n bigint,
  source text NOT NULL, reported_by text NOT NULL, reported_at timestamptz NOT NULL,
  PRIMARY KEY (metric_id, week_start, dims, reported_at)   -- newest reported_at wins
);
CREATE TABLE source_watermarks (   -- [R] all rows with event time < complete_through have arrived
  source_table text PRIMARY KEY, complete_through timestamptz NOT NULL
);

CREATE TABLE leads (               -- [P]
  lead_id text PRIMARY KEY, account_id text, campaign_id text REFERENCES campaigns DEFAULT 'none',
  source text NOT NULL, channel text NOT NULL REFERENCES channels,
  created_at timestamptz NOT NULL,
  fit_score numeric CHECK (fit_score BETWEEN 0 AND 100),
  qualified_at timestamptz, first_outreach_at timestamptz, first_response_at timestamptz,
  converted_at timestamptz         -- became a registered account
);
CREATE TABLE opportunities (       -- [P]
  opportunity_id text PRIMARY KEY, lead_id text, account_id text,
  created_at timestamptz NOT NULL, closed_at timestamptz,
  outcome text CHECK (outcome IN ('won','lost')),   -- "no decision" is 'lost'
  amount numeric
);

CREATE TABLE accounts (            -- [A]
  account_id text PRIMARY KEY, name text,
  source text NOT NULL,            -- conference, campaign, referral, organic, outbound, partner
  channel text NOT NULL, campaign_id text NOT NULL DEFAULT 'none',
  segment text NOT NULL, region text NOT NULL,
  sla_uptime_target numeric,       -- fraction, e.g. 0.999; NULL = no SLA
  signed_up_at   timestamptz NOT NULL,
  first_value_at timestamptz,      -- first "aha" event, written once
  activated_at   timestamptz,      -- activation milestone, written once
  pql_at         timestamptz,      -- met the product-qualified rule, written once
  first_paid_at  timestamptz,      -- first successful payment, written once
  closed_at      timestamptz,      -- account deleted / closed
  is_internal    boolean NOT NULL DEFAULT false   -- staff, test, fraud: excluded everywhere
);
CREATE TABLE users (               -- [A]
  account_id text, user_id text, team_id text,
  created_at timestamptz NOT NULL, deactivated_at timestamptz,
  PRIMARY KEY (account_id, user_id)
);
CREATE TABLE subscription_periods ( -- [A] slowly changing: every change closes a row and opens one
  account_id text, line_id text, valid_from timestamptz, valid_to timestamptz,
  is_primary boolean NOT NULL,     -- exactly one primary line at a time; it carries the tier
  tier text NOT NULL REFERENCES tiers,
  status text NOT NULL CHECK (status IN ('free','trial','paid','paused')),
  mrr numeric NOT NULL DEFAULT 0 CHECK (mrr >= 0),  -- contracted recurring, monthly-normalised
  PRIMARY KEY (account_id, line_id, valid_from)
);
CREATE TABLE revenue_daily (       -- [A] recognised net revenue
  account_id text, revenue_date date,
  revenue_kind text CHECK (revenue_kind IN ('subscription','usage','one_time')),
  model_id text DEFAULT 'none',
  net_amount numeric NOT NULL, cost_amount numeric,   -- cost NULL = unknown
  PRIMARY KEY (account_id, revenue_date, revenue_kind, model_id)
);
CREATE TABLE usage_daily (         -- [A] product events, one row per user x day x feature x model
  account_id text, user_id text, usage_date date, feature_id text, model_id text DEFAULT 'none',
  event_count bigint NOT NULL DEFAULT 0, api_calls bigint NOT NULL DEFAULT 0,
  tokens bigint NOT NULL DEFAULT 0, active_minutes numeric NOT NULL DEFAULT 0,
  PRIMARY KEY (usage_date, account_id, user_id, feature_id, model_id)
);
CREATE TABLE telemetry_hourly (    -- [A] service telemetry seen by the account
  account_id text, service text, region text, hour_start timestamptz,
  requests bigint NOT NULL,        -- all requests, including failed and throttled
  errors bigint NOT NULL,          -- server-side failures; excludes throttles and client mistakes
  throttled bigint NOT NULL,       -- rejected by a rate limit or quota
  -- latency histogram of the remaining requests; upper bounds in ms:
  -- 5 10 25 50 75 100 250 500 750 1000 2500 5000 7500 10000 +inf
  b0 bigint DEFAULT 0, b1 bigint DEFAULT 0, b2 bigint DEFAULT 0, b3 bigint DEFAULT 0, b4 bigint DEFAULT 0,
  b5 bigint DEFAULT 0, b6 bigint DEFAULT 0, b7 bigint DEFAULT 0, b8 bigint DEFAULT 0, b9 bigint DEFAULT 0,
  b10 bigint DEFAULT 0, b11 bigint DEFAULT 0, b12 bigint DEFAULT 0, b13 bigint DEFAULT 0, b14 bigint DEFAULT 0,
  PRIMARY KEY (hour_start, account_id, service, region)
);
CREATE TABLE journey_runs (        -- [A] onboarding (journey='onboarding') and user journeys
  account_id text, run_id text, user_id text, journey text NOT NULL,
  started_at timestamptz NOT NULL, completed_at timestamptz,   -- completed = every required step done
  PRIMARY KEY (account_id, run_id)
);
CREATE TABLE workspace_objects (   -- [A] what customers build
  account_id text, object_id text, kind text CHECK (kind IN ('use_case','workflow','application')),
  created_at timestamptz NOT NULL, archived_at timestamptz,
  PRIMARY KEY (account_id, object_id)
);
CREATE TABLE tickets (             -- [A]
  account_id text, ticket_id text, created_at timestamptz NOT NULL,
  first_solved_at timestamptz, solved_at timestamptz,  -- solved_at = latest solve, NULL while open
  first_reopened_at timestamptz,
  customer_contacts int NOT NULL DEFAULT 1,            -- customer messages before first solve, incl. the first
  escalated_at timestamptz,
  PRIMARY KEY (account_id, ticket_id)
);
CREATE TABLE escalations (         -- [A]
  account_id text, escalation_id text, ticket_id text, opened_at timestamptz NOT NULL,
  first_response_at timestamptz, resolved_at timestamptz,
  PRIMARY KEY (account_id, escalation_id)
);
CREATE TABLE surveys (             -- [A]
  account_id text, response_id text, respondent_id text NOT NULL,
  kind text CHECK (kind IN ('csat','nps','support','roi')),
  score numeric NOT NULL,          -- csat and support 1..5, nps and roi 0..10
  responded_at timestamptz NOT NULL,
  PRIMARY KEY (account_id, response_id)
);
CREATE TABLE cs_activities (       -- [A] QBRs, health checks, outreach
  account_id text, activity_id text, kind text CHECK (kind IN ('qbr','health_check','outreach')),
  due_on date, completed_at timestamptz, is_proactive boolean NOT NULL DEFAULT true,
  PRIMARY KEY (account_id, activity_id)
);
CREATE TABLE renewals (            -- [A] one row per contract term that ends
  account_id text, renewal_id text, due_on date NOT NULL, mrr_due numeric NOT NULL,
  outcome text CHECK (outcome IN ('renewed','churned')), decided_on date, mrr_renewed numeric,
  PRIMARY KEY (account_id, renewal_id)
);
CREATE TABLE customer_outcomes (   -- [A] reported by the customer, recorded by CS
  account_id text, outcome_id text, kind text CHECK (kind IN ('goal','cost_savings','revenue_growth')),
  due_on date, achieved_on date, amount numeric, reported_on date NOT NULL,
  PRIMARY KEY (account_id, outcome_id)
);

-- Every event table is read by its time; without these a week costs 2 to 18 times more.
CREATE INDEX ON accounts (signed_up_at);
CREATE INDEX ON leads (created_at);
CREATE INDEX ON opportunities (closed_at);
CREATE INDEX ON revenue_daily (revenue_date);
CREATE INDEX ON journey_runs (started_at);
CREATE INDEX ON workspace_objects (created_at);
CREATE INDEX ON tickets (created_at);
CREATE INDEX ON tickets (solved_at);
CREATE INDEX ON escalations (opened_at);
CREATE INDEX ON surveys (responded_at);
CREATE INDEX ON cs_activities (due_on);
CREATE INDEX ON renewals (due_on);
CREATE INDEX ON customer_outcomes (due_on);
CREATE INDEX ON incidents (started_at);
CREATE INDEX ON releases (released_at);
CREATE INDEX ON users (created_at);

-- The instant at which a reporting day begins.
CREATE FUNCTION ts(d date) RETURNS timestamptz STABLE PARALLEL SAFE LANGUAGE sql AS
$$ SELECT d::timestamp AT TIME ZONE coalesce(nullif(current_setting('kpi.tz', true),''),'UTC') $$;

-- The reporting day of an instant.
CREATE FUNCTION day_of(t timestamptz) RETURNS date STABLE PARALLEL SAFE LANGUAGE sql AS
$$ SELECT (t AT TIME ZONE coalesce(nullif(current_setting('kpi.tz', true),''),'UTC'))::date $$;

-- Whether a plan was in force at a fact: at its instant, or for a daily fact at the end of its day.
-- Days are compared as days: an instant made of each row's date would cost more than the join.
CREATE FUNCTION in_force(at timestamptz, valid_from timestamptz, valid_to timestamptz, from_day date, to_day date)
RETURNS boolean IMMUTABLE PARALLEL SAFE LANGUAGE sql AS
$$ SELECT valid_from <= at AND at < valid_to $$;
CREATE FUNCTION in_force(at date, valid_from timestamptz, valid_to timestamptz, from_day date, to_day date)
RETURNS boolean IMMUTABLE PARALLEL SAFE LANGUAGE sql AS
$$ SELECT at + 1 BETWEEN from_day AND to_day $$;
