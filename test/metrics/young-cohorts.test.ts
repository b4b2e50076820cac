import { afterAll, beforeAll, expect, test } from "vitest";
import { completeThrough, putRows } from "../support/rows.ts";
import { type AskedCompany, anAccount, askedCompany } from "./asked-company.ts";

/** A Wednesday noon: of the cohort's week, the first days have had their seven days. */
const AS_OF = "2026-04-08T12:00Z";
const COHORT = "2026-03-30";

const ticket = (ticket_id: string, created_at: string, first_solved_at: string, more = {}) => ({
  account_id: "a",
  ticket_id,
  created_at,
  first_solved_at,
  customer_contacts: 1,
  ...more,
});
const run = (run_id: string, started_at: string, completed_at: string | null, more = {}) => ({
  account_id: "a",
  run_id,
  journey: "export",
  started_at,
  completed_at,
  ...more,
});
const use = (account_id: string, user_id: string, usage_date: string, feature_id: string) => ({
  account_id,
  user_id,
  usage_date,
  feature_id,
  event_count: 1,
});

let company: AskedCompany;
beforeAll(async () => {
  company = await askedCompany();
  await putRows(company.db, {
    features: ["old", "new"].map((feature_id) => ({
      feature_id,
      category: "core",
      is_core: true,
      ga_on: "2025-01-01",
    })),
    releases: [
      { release_id: "r", released_at: "2026-04-01T08:00Z", kind: "feature", feature_id: "new" },
    ],
    accounts: ["a", "b"].map((id) => anAccount(id, { signed_up_at: "2026-03-31T09:00Z" })),
    usage_daily: [
      use("a", "u1", "2026-04-01", "old"),
      use("a", "u1", "2026-04-02", "new"),
      use("a", "u2", "2026-04-01", "old"),
      use("b", "u3", "2026-04-05", "old"),
    ],
    journey_runs: [
      run("j1", "2026-03-30T09:00Z", "2026-04-01T09:00Z"),
      run("j2", "2026-03-31T09:00Z", null),
      run("j3", "2026-04-05T09:00Z", null),
      run("j4", "2026-03-31T10:00Z", "2026-04-03T09:00Z", { journey: "onboarding" }),
    ],
    tickets: [
      ticket("t1", "2026-03-31T09:00Z", "2026-03-31T10:00Z", { escalated_at: "2026-04-02T09:00Z" }),
      ticket("t2", "2026-03-31T09:00Z", "2026-04-01T10:00Z", { customer_contacts: 2 }),
      ticket("t3", "2026-04-04T09:00Z", "2026-04-05T10:00Z"),
    ],
  });
  await completeThrough(company.db, AS_OF);
  await company.refresh();
});
afterAll(() => company.close());

test.each([
  ["journey_completion_rate", "of a run that had its week nothing can come", 1, 2, 3],
  ["onboarding_completion_rate", "who has not begun still can", 1, 2, 2],
  ["retention_d1", "a day that is over is lost", 1, 1, 3],
  ["retention_d7", "the day that runs is not over", 0, 3, 3],
  ["first_contact_resolution_rate", "what is good so far is so after seven days", 1, 2, 3],
  ["escalation_rate", "a ticket that had its week is not escalated any more", 1, 2, 3],
  ["feature_adoption_post_release", "who was active may still use it", 1, 2, 2],
])("of a young cohort, %s: %s", async (metric, _, already, possible, n) => {
  for (const exact of [false, true]) {
    const answer = await company.ask({ metric, cohort: COHORT }, exact);
    expect(answer).toMatchObject({
      status: "maturing",
      figures: { value: null },
      maturing: { already, possible, n },
    });
  }
});
