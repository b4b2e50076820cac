/** What people call the tables of who the customers are, how they came and what they pay. */
import { account, happened, model, signup, type TableWords } from "./table-words.ts";

export const customerWords: Readonly<Record<string, TableWords>> = {
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
        names: [
          "referral source",
          "lead source",
          "lead origin",
          "acquisition source",
          "signup source",
        ],
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
        names: ["subscription", "subscription id", "contract", "contract id"],
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
  tiers: {
    called: ["tier", "pricing tier"],
    columns: {
      tier: { own: ["id", "name"] },
      tier_rank: { own: ["rank", "position"] },
      is_paid: { own: ["paid"] },
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
};
