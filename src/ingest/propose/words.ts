/**
 * What people call the source tables and their columns. A name is sure in any file; a name under
 * `own` is so only in a file that is called like the table, for `created` is said of everything.
 * The order is that of preference. What a table needs and a file may lack has a value to stand in.
 */

export interface TableWords {
  /** What one row is, in the singular. */
  called: readonly string[];
  /** Files of these tables may hold it too, such as a ticket its score. */
  within?: readonly string[];
  columns: Readonly<Record<string, ColumnWords>>;
}

export interface ColumnWords {
  names?: readonly string[];
  own?: readonly string[];
  /** What stands in: SQL, another column of the table, or what names a row of the file. */
  instead?: { sql: string } | { column: string } | "row";
  /** Of a name that means something near it: what is taken for what. */
  near?: Readonly<Record<string, string>>;
}

const account = {
  names: [
    "account",
    "customer id",
    "customer",
    "company id",
    "organization id",
    "organisation id",
    "org id",
    "tenant id",
    "client id",
  ],
} as const;
const model = { names: ["model", "model name"] } as const;
const happened = [
  "created at",
  "created",
  "created on",
  "created date",
  "date created",
  "creation date",
];
const signup = [
  "signup date",
  "sign up date",
  "signup at",
  "signed up",
  "signed up on",
  "registered at",
  "registration date",
  "registered on",
];

const closing = "when it was answered is not told: the closing stands for it";

export const sourceWords: Readonly<Record<string, TableWords>> = {
  accounts: {
    called: [
      "account",
      "customer",
      "company",
      "organization",
      "organisation",
      "tenant",
      "client",
      "crm account",
    ],
    columns: {
      account_id: { names: account.names, own: ["id"] },
      name: {
        names: ["account name", "customer name", "company name"],
        own: ["name", "company", "description"],
      },
      source: {
        names: ["referral source", "lead source", "acquisition source", "signup source"],
        own: ["source", "origin"],
        instead: { sql: "'unknown'" },
      },
      channel: {
        names: ["acquisition channel", "marketing channel"],
        own: ["channel"],
        instead: { column: "source" },
      },
      campaign_id: { names: ["campaign", "utm campaign"] },
      segment: {
        names: ["customer segment", "account segment"],
        own: ["segment", "industry", "company size", "size"],
        instead: { sql: "'unknown'" },
      },
      region: {
        names: ["sales region"],
        own: ["region", "country", "territory", "location"],
        instead: { sql: "'unknown'" },
      },
      sla_uptime_target: { names: ["uptime sla"] },
      signed_up_at: { names: signup, own: happened },
      first_value_at: { names: ["first value", "aha at"] },
      activated_at: { names: ["activation date", "activated on"], own: ["activated"] },
      pql_at: { names: ["product qualified at"] },
      first_paid_at: {
        names: ["first payment", "first payment date", "first paid", "converted to paid at"],
      },
      closed_at: {
        names: ["account closed at"],
        own: ["closed at", "closed on", "deleted at", "deleted"],
      },
      is_internal: { own: ["internal", "is test", "test account"] },
    },
  },
  users: {
    called: ["user", "member", "seat", "account user", "team member"],
    columns: {
      account_id: account,
      user_id: { own: ["id", "member id", "email"] },
      team_id: { own: ["team", "department"] },
      created_at: {
        names: ["user created at"],
        own: [...signup, ...happened, "invited at", "joined at"],
      },
      deactivated_at: {
        names: ["deactivated on"],
        own: ["deactivated", "deleted at", "removed at", "disabled at"],
      },
    },
  },
  subscription_periods: {
    called: ["subscription period", "subscription", "plan", "contract", "account subscription"],
    columns: {
      account_id: account,
      line_id: {
        names: ["subscription", "subscription id", "contract id"],
        own: ["id"],
        instead: { sql: "'plan'" },
      },
      valid_from: {
        names: ["subscription start", "subscription start date"],
        own: [
          "start date",
          "started at",
          "start",
          "starts at",
          "begin date",
          "current period start",
          ...happened,
        ],
      },
      valid_to: {
        names: ["subscription end", "subscription end date"],
        own: [
          "ended at",
          "end date",
          "end",
          "ends at",
          "cancelled at",
          "canceled at",
          "cancellation date",
        ],
      },
      is_primary: { instead: { sql: "true" } },
      tier: {
        names: ["plan tier", "pricing tier", "subscription plan"],
        own: ["plan name", "plan", "package", "product", "product name"],
      },
      status: { own: ["state", "subscription status"], instead: { sql: "'paid'" } },
      mrr: {
        names: ["mrr amount", "monthly recurring revenue"],
        own: ["monthly amount", "monthly price", "monthly fee", "amount", "price"],
      },
    },
  },
  revenue_daily: {
    called: ["revenue", "invoice", "payment", "charge", "revenue daily", "daily revenue"],
    columns: {
      account_id: account,
      revenue_date: {
        own: [
          "paid at",
          "paid on",
          "payment date",
          "date paid",
          "date",
          "invoice date",
          "day",
          "charge date",
          "finalized at",
          ...happened,
        ],
      },
      revenue_kind: { instead: { sql: "'subscription'" } },
      model_id: model,
      net_amount: {
        names: ["net revenue", "amount net"],
        own: ["amount paid", "paid amount", "subtotal", "amount", "total", "revenue"],
      },
      cost_amount: { names: ["cost of revenue"], own: ["cost"] },
    },
  },
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
  tickets: {
    called: ["ticket", "support ticket", "case", "support case", "issue", "conversation"],
    columns: {
      account_id: account,
      ticket_id: { names: ["case id", "case number", "ticket number"], own: ["id", "number"] },
      created_at: {
        names: ["ticket created at"],
        own: ["submitted at", "opened at", "opened", "date opened", ...happened],
      },
      first_solved_at: { names: ["first resolved at"], instead: { column: "solved_at" } },
      solved_at: {
        names: ["ticket solved at"],
        own: ["resolved at", "resolved", "closed at", "closed", "date closed", "resolution date"],
      },
      first_reopened_at: { own: ["reopened at", "reopened"] },
      customer_contacts: { own: ["customer messages", "customer replies"] },
      escalated_at: { own: ["escalated on", "escalation date"] },
    },
  },
  escalations: {
    called: ["escalation"],
    columns: {
      account_id: account,
      escalation_id: { own: ["id", "number"] },
      ticket_id: { names: ["ticket", "case id"] },
      opened_at: { names: ["escalated at", "escalation date"], own: ["opened", ...happened] },
      first_response_at: { own: ["first reply at", "responded at"] },
      resolved_at: { own: ["closed at", "resolved", "resolved on"] },
    },
  },
  surveys: {
    called: ["survey", "survey response", "feedback", "csat", "nps", "rating"],
    within: ["tickets"],
    columns: {
      account_id: account,
      response_id: { names: ["survey response id", "survey id"], own: ["id"], instead: "row" },
      respondent_id: {
        names: ["respondent"],
        own: ["user id", "user", "email", "contact id"],
        instead: { sql: "'account'" },
      },
      kind: { names: ["survey kind", "survey type"], own: ["type", "survey"] },
      score: {
        names: [
          "satisfaction score",
          "csat score",
          "csat",
          "nps score",
          "nps",
          "satisfaction rating",
          "satisfaction",
          "survey score",
        ],
        own: ["rating", "answer", "value"],
      },
      responded_at: {
        names: ["answered at", "response date"],
        own: ["submitted at", "completed at", "date", ...happened],
        near: { "closed at": closing, "solved at": closing, "resolved at": closing },
      },
    },
  },
  leads: {
    called: ["lead", "prospect"],
    columns: {
      lead_id: { own: ["id"] },
      account_id: { names: [...account.names, "converted account id"] },
      campaign_id: { names: ["campaign", "utm campaign"] },
      source: { names: ["lead source"], own: ["origin"] },
      channel: { names: ["marketing channel"], instead: { column: "source" } },
      created_at: { names: ["lead created at"], own: happened },
      fit_score: { names: ["lead score"], own: ["score", "fit"] },
      qualified_at: { own: ["qualified on", "qualified date", "mql date", "sql date"] },
      first_outreach_at: { own: ["first contacted at", "contacted at"] },
      first_response_at: { own: ["first replied at", "responded at"] },
      converted_at: { own: ["converted on", "conversion date", "converted date"] },
    },
  },
  opportunities: {
    called: ["opportunity", "deal"],
    columns: {
      opportunity_id: { names: ["deal id"], own: ["id"] },
      lead_id: { names: ["lead"] },
      account_id: account,
      created_at: { own: happened },
      closed_at: { own: ["close date", "closed date", "closed on", "closed"] },
      outcome: { own: ["result", "status", "stage"] },
      amount: { own: ["deal amount", "value", "deal value"] },
    },
  },
  marketing_daily: {
    called: [
      "marketing daily",
      "marketing",
      "traffic",
      "web traffic",
      "ad spend",
      "marketing spend",
    ],
    columns: {
      day: { own: ["date"] },
      channel: { own: ["source", "medium"] },
      campaign_id: { names: ["campaign", "utm campaign"] },
      sessions: { own: ["visits"] },
      emails_delivered: { names: ["emails sent"], own: ["delivered"] },
      marketing_spend: { names: ["ad spend"], own: ["spend", "cost"] },
      sales_cost: {},
    },
  },
  campaigns: {
    called: ["campaign"],
    columns: { campaign_id: { own: ["id", "name"] }, kind: { own: ["type"] }, channel: {} },
  },
  channels: {
    called: ["channel"],
    columns: { channel: { own: ["id", "name"] }, is_organic: { own: ["organic"] } },
  },
  tiers: {
    called: ["tier", "pricing tier"],
    columns: {
      tier: { own: ["id", "name"] },
      tier_rank: { own: ["rank", "position"] },
      is_paid: { own: ["paid"] },
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
  cs_activities: {
    called: ["cs activity", "customer success activity", "success activity"],
    columns: {
      account_id: account,
      activity_id: { own: ["id"] },
      kind: { own: ["type"] },
      due_on: { own: ["due date", "due"] },
      completed_at: { own: ["completed", "completed on", "done at"] },
      is_proactive: { own: ["proactive"] },
    },
  },
  renewals: {
    called: ["renewal", "contract renewal"],
    columns: {
      account_id: account,
      renewal_id: { own: ["id"] },
      due_on: { names: ["renewal date"], own: ["due date", "due"] },
      mrr_due: {},
      outcome: { own: ["result", "status"] },
      decided_on: { own: ["decision date"] },
      mrr_renewed: {},
    },
  },
  customer_outcomes: {
    called: ["customer outcome", "customer goal"],
    columns: {
      account_id: account,
      outcome_id: { own: ["id"] },
      kind: { own: ["type"] },
      due_on: { own: ["due date"] },
      achieved_on: { own: ["achieved"] },
      amount: {},
      reported_on: { own: ["reported"] },
    },
  },
  targets: { called: ["target"], columns: {} },
  metric_observations: { called: ["metric observation"], columns: {} },
};
