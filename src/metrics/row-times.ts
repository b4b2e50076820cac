/** The column of a source table that says when its rows happened. */

/** Of tables without accounts: they may be before any account. */
export const platformTimes = {
  incidents: "started_at",
  capacity_hourly: "hour_start",
  releases: "released_at",
  metric_observations: "week_start",
  marketing_daily: "day",
  leads: "created_at",
  opportunities: "created_at",
} as const;
/** Of what accounts do. */
export const accountTimes = {
  users: "created_at",
  subscription_periods: "valid_from",
  revenue_daily: "revenue_date",
  usage_daily: "usage_date",
  telemetry_hourly: "hour_start",
  journey_runs: "started_at",
  workspace_objects: "created_at",
  tickets: "created_at",
  escalations: "opened_at",
  surveys: "responded_at",
  // What was done, and not what is planned: that lies ahead, and may be all that a CRM gives.
  cs_activities: "completed_at",
  renewals: "decided_on",
  customer_outcomes: "reported_on",
} as const;
