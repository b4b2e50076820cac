/** Random rows of the tables that are of no account: the platform's, marketing's and sales'. */
import fc from "fast-check";
import {
  account,
  campaign_id,
  channel,
  day,
  hoursAfter,
  instant,
  later,
  passingFeature,
  region,
  service,
  small,
  source,
  span,
} from "./values.ts";

export const platformRows = {
  // Few incidents, so that many have several scopes, which move them as they come and go.
  incidents: fc
    .record({
      incident_id: fc.constantFrom("i1", "i2", "i3", "i4"),
      service,
      region,
      severity: fc.integer({ min: 1, max: 4 }),
      is_downtime: fc.boolean(),
      span,
    })
    .map(({ span: { from, to }, ...scope }) => ({ ...scope, started_at: from, resolved_at: to })),
  capacity_hourly: fc.record({
    pool: fc.constantFrom("cpu", "gpu"),
    region,
    hour_start: instant,
    capacity_units: fc.integer({ min: 0, max: 9 }),
    used_units: small,
  }),
  service_regions: fc.record({ service, region, in_sla: fc.boolean() }),
  models: fc.record({
    model_id: fc.constantFrom("none", "large", "small"),
    capability_rank: fc.integer({ min: 0, max: 3 }),
    margin_class: fc.constantFrom("standard", "high"),
    available_from: day,
    retired_on: fc.option(day),
  }),
  features: fc.record({
    feature_id: passingFeature,
    category: fc.constantFrom("core", "integration", "other"),
    is_core: fc.boolean(),
    // Most are on offer all the time.
    ga_on: fc.oneof(day, fc.constant("2023-01-01")),
    retired_on: fc.option(day, { freq: 2 }),
    min_tier_rank: fc.constantFrom(0, 0, 1, 2),
  }),
  releases: fc.record({
    release_id: fc.integer({ min: 0, max: 19 }).map((i) => `v${i}`),
    released_at: instant,
    kind: fc.constantFrom("feature", "feature", "improvement", "fix"),
    feature_id: fc.option(fc.constant("steady")),
  }),
  channels: fc.record({ channel, is_organic: fc.boolean() }),
  campaigns: fc.record({
    campaign_id: fc.constant("spring"),
    kind: fc.constantFrom("email", "blog", "event"),
    channel,
  }),
  marketing_daily: fc.record({
    day,
    channel,
    campaign_id,
    sessions: fc.integer({ min: 0, max: 90 }),
    emails_delivered: fc.integer({ min: 0, max: 90 }),
    marketing_spend: fc.integer({ min: 0, max: 9000 }).map((cents) => cents / 100),
    sales_cost: small,
  }),
  metric_observations: fc.record({
    metric_id: fc.constant("price_sensitivity_score"),
    week_start: day,
    dims: fc.constantFrom(
      {},
      { tier: "pro" },
      { tier: ["pro"], segment: "smb" },
      { segment: "smb" },
    ),
    value: fc.integer({ min: 0, max: 100 }),
    n: fc.option(small),
    source: fc.constant("study"),
    reported_by: fc.constantFrom("ana", "ben"),
    reported_at: instant,
  }),
  leads: fc
    .record({
      lead_id: fc.integer({ min: 0, max: 39 }).map((i) => `l${i}`),
      account_id: fc.option(account),
      campaign_id,
      source,
      channel,
      created_at: instant,
      fit_score: fc.option(fc.integer({ min: 0, max: 100 })),
      qualified: later,
      outreach: fc.option(instant),
      response: later,
      converted: later,
    })
    .map(({ qualified, outreach, response, converted, ...lead }) => ({
      ...lead,
      qualified_at: hoursAfter(lead.created_at, qualified),
      first_outreach_at: outreach,
      first_response_at: outreach && hoursAfter(outreach, response),
      converted_at: hoursAfter(lead.created_at, converted),
    })),
  opportunities: fc
    .record({
      opportunity_id: fc.integer({ min: 0, max: 29 }).map((i) => `o${i}`),
      lead_id: fc.option(fc.integer({ min: 0, max: 49 }).map((i) => `l${i}`)),
      account_id: fc.option(account),
      span,
      outcome: fc.constantFrom("won", "lost"),
    })
    .map(({ span: { from, to }, outcome, ...opportunity }) => ({
      ...opportunity,
      created_at: from,
      closed_at: to,
      outcome: to && outcome,
    })),
} satisfies Record<string, fc.Arbitrary<Readonly<Record<string, unknown>>>>;
