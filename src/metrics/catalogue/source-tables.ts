/** The tables that metrics rest on. */

/** They hold weeks open, and changed rows leave dirty days. */
export const timedTables = [
  "releases",
  "incidents",
  "capacity_hourly",
  "marketing_daily",
  "metric_observations",
  "leads",
  "opportunities",
  "accounts",
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
] as const;

/** Without event times of their own: they never hold a week open, and leave no dirty days. */
export const timelessTables: readonly string[] = [
  "tiers",
  "channels",
  "campaigns",
  "features",
  "models",
  "service_regions",
];
