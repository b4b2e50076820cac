/** What people call the tables of what is used, built and run. */
import { account, happened, model, type TableWords } from "./table-words.ts";

export const productWords: Readonly<Record<string, TableWords>> = {
  usage_daily: {
    called: [
      "usage",
      "event",
      "usage daily",
      "daily usage",
      "feature usage",
      "product usage",
      "product event",
      "activity",
    ],
    columns: {
      account_id: account,
      user_id: { names: ["user", "member id"], instead: { sql: "'account'" } },
      usage_date: {
        names: ["usage day", "event date", "event time", "occurred at"],
        own: ["date", "day", "timestamp", "time", ...happened],
      },
      feature_id: {
        names: ["feature", "feature name", "event name", "event type"],
        own: ["event", "action", "name"],
        instead: { sql: "'product'" },
      },
      model_id: model,
      event_count: {
        names: ["usage count", "number of events", "events"],
        own: ["count", "quantity"],
        instead: { sql: "1" },
      },
      api_calls: { names: ["number of api calls", "api requests"] },
      tokens: { names: ["token count", "total tokens"] },
      active_minutes: {
        names: [
          "usage minutes",
          "usage duration secs",
          "usage duration seconds",
          "duration minutes",
          "session minutes",
          "duration secs",
          "duration seconds",
        ],
        own: ["minutes"],
      },
    },
  },
  telemetry_hourly: {
    called: ["telemetry", "telemetry hourly", "request log"],
    columns: {
      account_id: account,
      service: {},
      region: {},
      hour_start: { own: ["hour"] },
      requests: { names: ["request count"] },
      errors: { names: ["error count"] },
      throttled: { names: ["throttled requests", "rate limited"] },
    },
  },
  features: {
    called: ["feature"],
    columns: {
      feature_id: { own: ["id", "name"] },
      category: {},
      is_core: { own: ["core"] },
      ga_on: { own: ["released on", "launched on", "ga date"] },
      retired_on: { own: ["retired"] },
      min_tier_rank: {},
    },
  },
  models: {
    called: ["model"],
    columns: {
      model_id: { own: ["id", "name"] },
      capability_rank: {},
      margin_class: {},
      available_from: {},
      retired_on: {},
    },
  },
  service_regions: { called: ["service region"], columns: { service: {}, region: {}, in_sla: {} } },
  releases: {
    called: ["release", "deployment"],
    columns: {
      release_id: { own: ["id", "version"] },
      released_at: { own: ["released on", "date"] },
      kind: { own: ["type"] },
      feature_id: { names: ["feature"] },
    },
  },
  incidents: {
    called: ["incident", "outage"],
    columns: {
      incident_id: { own: ["id"] },
      service: {},
      region: {},
      severity: {},
      is_downtime: { own: ["downtime"] },
      started_at: { names: ["incident start"], own: ["started", "start", "began at"] },
      resolved_at: { own: ["resolved", "ended at", "end"] },
    },
  },
  capacity_hourly: {
    called: ["capacity hourly", "capacity"],
    columns: {
      pool: {},
      region: {},
      hour_start: { own: ["hour"] },
      capacity_units: { own: ["capacity"] },
      used_units: { own: ["used"] },
    },
  },
  journey_runs: {
    called: ["journey run", "journey", "onboarding"],
    columns: {
      account_id: account,
      run_id: { own: ["id"] },
      user_id: { names: ["user"] },
      journey: { own: ["journey name", "name"] },
      started_at: { own: ["started", "start date"] },
      completed_at: { own: ["completed", "finished at"] },
    },
  },
  workspace_objects: {
    called: ["workspace object", "project", "workflow"],
    columns: {
      account_id: account,
      object_id: { own: ["id"] },
      kind: { own: ["type"] },
      created_at: { own: happened },
      archived_at: { own: ["archived", "deleted at"] },
    },
  },
};
