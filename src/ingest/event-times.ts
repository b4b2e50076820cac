/**
 * When the rows of a source table happened. A change to a row marks the reporting days of all its
 * event times, old and new; the first is that of its beginning, or when it is due. Tables without
 * event times hold no week open (METRICS.md 1.6) and so have no watermark.
 */
export const eventTimes: Readonly<Record<string, readonly string[]>> = {
  tiers: [],
  channels: [],
  campaigns: [],
  features: [],
  models: [],
  service_regions: [],
  releases: ["released_at"],
  incidents: ["started_at", "resolved_at"],
  capacity_hourly: ["hour_start"],
  marketing_daily: ["day"],
  targets: ["period_start", "period_end"],
  metric_observations: ["week_start"],
  leads: ["created_at", "qualified_at", "first_outreach_at", "first_response_at", "converted_at"],
  opportunities: ["created_at", "closed_at"],
  accounts: [
    "signed_up_at",
    "first_value_at",
    "activated_at",
    "pql_at",
    "first_paid_at",
    "closed_at",
  ],
  users: ["created_at", "deactivated_at"],
  subscription_periods: ["valid_from", "valid_to"],
  revenue_daily: ["revenue_date"],
  usage_daily: ["usage_date"],
  telemetry_hourly: ["hour_start"],
  journey_runs: ["started_at", "completed_at"],
  workspace_objects: ["created_at", "archived_at"],
  tickets: ["created_at", "first_solved_at", "solved_at", "first_reopened_at", "escalated_at"],
  escalations: ["opened_at", "first_response_at", "resolved_at"],
  surveys: ["responded_at"],
  cs_activities: ["due_on", "completed_at"],
  renewals: ["due_on", "decided_on"],
  customer_outcomes: ["reported_on", "due_on", "achieved_on"],
};

/** Tables whose first event time may lie ahead when a row is written: when a contract ends, when a review is due. */
export const plannedTables: ReadonlySet<string> = new Set(["renewals", "cs_activities"]);

export function eventTimesOf(table: string): readonly string[] {
  return eventTimes[table] ?? [];
}

/** Several rows that are one thing, by the column that they share: it may move when one of them does. */
const wholes: Readonly<Record<string, string>> = { incidents: "incident_id" };

export function wholeOf(table: string): string | null {
  return wholes[table] ?? null;
}
