/** Random rows of the source tables, and what tells two of them apart. */
import type fc from "fast-check";
import { accountRows } from "./account-rows.ts";
import { platformRows } from "./platform-rows.ts";

export const rowOf: Readonly<Record<string, fc.Arbitrary<Readonly<Record<string, unknown>>>>> = {
  ...accountRows,
  ...platformRows,
};

/** The primary key of each table. */
export const keys: Readonly<Record<string, readonly string[]>> = {
  accounts: ["account_id"],
  subscription_periods: ["account_id", "line_id", "valid_from"],
  usage_daily: ["usage_date", "account_id", "user_id", "feature_id", "model_id"],
  surveys: ["account_id", "response_id"],
  revenue_daily: ["account_id", "revenue_date", "revenue_kind", "model_id"],
  telemetry_hourly: ["hour_start", "account_id", "service", "region"],
  incidents: ["incident_id", "service", "region"],
  capacity_hourly: ["pool", "region", "hour_start"],
  tickets: ["account_id", "ticket_id"],
  journey_runs: ["account_id", "run_id"],
  releases: ["release_id"],
  features: ["feature_id"],
  service_regions: ["service", "region"],
  channels: ["channel"],
  campaigns: ["campaign_id"],
  marketing_daily: ["day", "channel", "campaign_id"],
  leads: ["lead_id"],
  opportunities: ["opportunity_id"],
  users: ["account_id", "user_id"],
  escalations: ["account_id", "escalation_id"],
  cs_activities: ["account_id", "activity_id"],
  renewals: ["account_id", "renewal_id"],
  workspace_objects: ["account_id", "object_id"],
  customer_outcomes: ["account_id", "outcome_id"],
  models: ["model_id"],
  metric_observations: ["metric_id", "week_start", "dims", "reported_at"],
};
