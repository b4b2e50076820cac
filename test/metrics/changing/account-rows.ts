/** Random rows of the tables of accounts. */
import fc from "fast-check";
import {
  account,
  buckets,
  campaign_id,
  channel,
  DAYS,
  day,
  daysAfter,
  FIRST_DAY,
  feature_id,
  hoursAfter,
  instant,
  later,
  service,
  small,
  source,
  span,
} from "./values.ts";

export const accountRows = {
  accounts: fc
    .record({
      account_id: account,
      source,
      channel,
      campaign_id,
      segment: fc.constantFrom("smb", "enterprise"),
      region: fc.constantFrom("eu", "us"),
      signed_up_at: instant,
      first_value_at: fc.option(instant),
      first_paid_at: fc.option(instant),
      activated: later,
      pql_at: fc.option(instant),
      closed_at: fc.option(instant),
      sla_uptime_target: fc.option(fc.constantFrom(0.9, 0.99)),
      is_internal: fc.integer({ min: 0, max: 5 }).map((i) => i === 0),
    })
    .map(({ activated, ...each }) => ({
      ...each,
      activated_at: hoursAfter(each.signed_up_at, activated),
    })),
  subscription_periods: fc.record({
    account_id: account,
    line_id: fc.constantFrom("main", "seats"),
    // Few beginnings, so that a period is often found again and cut short or prolonged.
    valid_from: fc.constantFrom("2024-01-08T09:00Z", "2024-02-12T00:00Z", "2024-03-27T23:00Z"),
    valid_to: fc.option(instant),
    is_primary: fc.boolean(),
    tier: fc.constantFrom("free", "pro", "enterprise"),
    status: fc.constantFrom("free", "trial", "paid", "paused"),
    mrr: fc.integer({ min: 0, max: 300 }),
  }),
  usage_daily: fc.record({
    // Two are busy, so that there are accounts with several users at a time.
    account_id: fc.oneof({ weight: 3, arbitrary: account }, fc.constantFrom("a0", "a1")),
    user_id: fc.constantFrom("u1", "u2", "u3", "u4"),
    usage_date: day,
    feature_id,
    model_id: fc.constantFrom("none", "large", "small"),
    event_count: fc.integer({ min: -2, max: 5 }),
    api_calls: fc.oneof(small, fc.integer({ min: 0, max: 400 })),
    tokens: fc.oneof(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 4000 })),
    active_minutes: fc.integer({ min: 0, max: 30 }),
  }),
  surveys: fc
    .record({
      account_id: account,
      response_id: fc.constantFrom("r1", "r2", "r3", "r4"),
      respondent_id: fc.constantFrom("u1", "u2"),
      kind: fc.constantFrom("csat", "nps", "support", "roi"),
      score: fc.integer({ min: 0, max: 10 }),
      responded_at: instant,
    })
    .map((answer) => ({
      ...answer,
      score: answer.kind === "nps" || answer.kind === "roi" ? answer.score : 1 + (answer.score % 5),
    })),
  revenue_daily: fc.record({
    account_id: account,
    revenue_date: day,
    revenue_kind: fc.constantFrom("subscription", "usage"),
    model_id: fc.constantFrom("none", "large"),
    net_amount: fc.integer({ min: -2000, max: 9000 }).map((cents) => cents / 100),
    // Most are known, so that there are companies whose margin counts.
    cost_amount: fc.option(fc.integer({ min: 0, max: 5 }), { freq: 200 }),
  }),
  telemetry_hourly: fc.record({
    account_id: account,
    service,
    region: fc.constant("eu"),
    hour_start: instant,
    // Few hours are busy enough that an account's errors are told from chance.
    requests: fc.oneof(fc.integer({ min: 0, max: 90 }), fc.integer({ min: 900, max: 1500 })),
    errors: fc.oneof(small, fc.integer({ min: 0, max: 60 })),
    throttled: small,
    ...buckets,
  }),
  tickets: fc
    .record({
      account_id: account,
      ticket_id: fc.constantFrom("t1", "t2", "t3", "t4"),
      span,
      customer_contacts: fc.integer({ min: 1, max: 3 }),
      reopened: later,
      escalated: later,
    })
    .map(({ span: { from, to }, reopened, escalated, ...ticket }) => ({
      ...ticket,
      created_at: from,
      first_solved_at: to,
      solved_at: to,
      first_reopened_at: to && hoursAfter(to, reopened),
      escalated_at: hoursAfter(from, escalated),
    })),
  journey_runs: fc
    .record({
      account_id: account,
      run_id: fc.constantFrom("j1", "j2", "j3"),
      user_id: fc.option(fc.constantFrom("u1", "u2")),
      journey: fc.constantFrom("onboarding", "export", "invite"),
      started_at: instant,
      completed: later,
    })
    .map(({ completed, ...run }) => ({
      ...run,
      completed_at: hoursAfter(run.started_at, completed),
    })),
  users: fc
    .record({
      account_id: account,
      user_id: fc.constantFrom("u1", "u2", "u3"),
      team_id: fc.option(fc.constantFrom("sales", "support")),
      span,
    })
    .map(({ span: { from, to }, ...user }) => ({
      ...user,
      created_at: from,
      deactivated_at: to,
    })),
  escalations: fc
    .record({
      account_id: account,
      escalation_id: fc.constantFrom("e1", "e2", "e3"),
      ticket_id: fc.option(fc.constantFrom("t1", "t2")),
      opened_at: instant,
      response: later,
      resolved: later,
    })
    .map(({ response, resolved, ...escalation }) => ({
      ...escalation,
      first_response_at: hoursAfter(escalation.opened_at, response),
      resolved_at: hoursAfter(escalation.opened_at, resolved),
    })),
  cs_activities: fc
    .record({
      account_id: account,
      activity_id: fc.constantFrom("c1", "c2", "c3"),
      kind: fc.constantFrom("qbr", "health_check", "outreach"),
      due_on: fc.option(day, { freq: 9 }),
      done: fc.option(instant),
      // Eight days on, at midnight, is too late by nothing.
      after: fc.option(fc.oneof(fc.integer({ min: -10, max: 12 }), fc.constant(8))),
      is_proactive: fc.boolean(),
    })
    .map(({ done, after, ...activity }) => {
      const on = activity.due_on && daysAfter(activity.due_on, after);
      return { ...activity, completed_at: on === null ? done : `${on}T00:00Z` };
    }),
  renewals: fc
    .record({
      account_id: account,
      renewal_id: fc.constantFrom("n1", "n2"),
      due_on: fc.integer({ min: 0, max: DAYS + 90 }),
      mrr_due: small,
      outcome: fc.constantFrom("renewed", "churned"),
      after: fc.option(fc.oneof(fc.integer({ min: -30, max: 40 }), fc.constantFrom(28, 29))),
    })
    .map(({ due_on: days, outcome, after, ...renewal }) => {
      const due_on = Temporal.PlainDate.from(FIRST_DAY).add({ days }).toString();
      const decided_on = daysAfter(due_on, after);
      return { ...renewal, due_on, decided_on, outcome: decided_on && outcome };
    }),
  workspace_objects: fc
    .record({
      account_id: account,
      object_id: fc.constantFrom("o1", "o2", "o3", "o4"),
      kind: fc.constantFrom("use_case", "workflow", "application"),
      created_at: instant,
      archived: later,
    })
    .map(({ archived, ...object }) => ({
      ...object,
      archived_at: hoursAfter(object.created_at, archived),
    })),
  customer_outcomes: fc
    .record({
      account_id: account,
      outcome_id: fc.constantFrom("g1", "g2", "g3"),
      kind: fc.constantFrom("goal", "cost_savings", "revenue_growth"),
      due_on: day,
      // In time on the last day, and a day too late.
      after: fc.option(fc.oneof(fc.integer({ min: -20, max: 20 }), fc.constantFrom(0, 1))),
      amount: fc.option(fc.integer({ min: 0, max: 9000 })),
      reported_on: day,
    })
    .map(({ after, ...outcome }) => ({
      ...outcome,
      achieved_on: daysAfter(outcome.due_on, after),
    })),
} satisfies Record<string, fc.Arbitrary<Readonly<Record<string, unknown>>>>;
