/** Rows that say how things stand change the weeks in which they do, and no others. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { loaded } from "../ingest/importing.ts";
import { completeThrough, putRows } from "../support/rows.ts";
import { type AskedCompany, anAccount, askedCompany } from "./asked-company.ts";

let company: AskedCompany;
beforeEach(async () => {
  company = await askedCompany();
  await putRows(company.db, {
    accounts: [anAccount("a")],
    features: [{ feature_id: "core", category: "core", is_core: true, ga_on: "2025-01-01" }],
    usage_daily: ["2026-03-03", "2026-03-24"].flatMap((usage_date) =>
      ["ann", "bob"].map((user_id) => ({
        ...{ account_id: "a", user_id, usage_date, feature_id: "core", event_count: 1 },
      })),
    ),
  });
  await completeThrough(company.db, "2026-04-06");
  await company.refresh();
});
afterEach(() => company.close());

/** Of the five weeks from 2 March on, each alone; from the cells, which are what the sources say. */
async function weekly(metric: string): Promise<(number | null)[]> {
  const query = { metric, windowWeeks: 1, week: "2026-03-30", lastWeeks: 5 };
  const { series } = await company.ask(query);
  expect(series).toEqual((await company.ask(query, true)).series);
  return series.map((point) => point.value);
}

/** Imported and computed: how many weeks of each metric, added up over windows. */
async function imported(table: string, csv: string): Promise<ReadonlyMap<string, number>> {
  await loaded(company.db, table, csv);
  return computedWeeks();
}

async function computedWeeks(): Promise<ReadonlyMap<string, number>> {
  await completeThrough(company.db, "2026-04-06");
  const computed = new Map<string, number>();
  await company.refresh({ onProgress: ({ metric, weeks }) => computed.set(metric, weeks) });
  return computed;
}

const user = (id: string, team: string, created: string, gone = ""): string =>
  `account_id,user_id,team_id,created_at,deactivated_at\na,${id},${team},${created},${gone}\n`;

test("a user who is told of late was in his team from his first day of use on", async () => {
  await imported("users", user("ann", "sales", "2026-03-20T09:00Z"));
  expect(await weekly("teams_per_account")).toEqual([1, null, null, 1, null]);
  await imported("users", user("bob", "support", "2026-03-20T09:00Z"));
  expect(await weekly("teams_per_account")).toEqual([2, null, null, 2, null]);
});

test("a user who leaves makes no team's week stale, whenever he came", async () => {
  await imported("users", user("ann", "sales", "2026-03-02T09:00Z"));
  const left = user("ann", "sales", "2026-03-02T09:00Z", "2026-03-31T09:00Z");
  expect((await imported("users", left)).get("teams_per_account")).toBe(0);
});

test("a user who leaves changes no week before of what counts users, also not the one in which he came", async () => {
  await imported("users", user("ann", "sales", "2026-03-02T09:00Z"));
  const left = user("ann", "sales", "2026-03-02T09:00Z", "2026-03-31T09:00Z");
  // The last week, of one week and of four.
  expect((await imported("users", left)).get("product_adoption_rate")).toBe(2);
  expect(await weekly("product_adoption_rate")).toEqual([1, 0, 0, 1, null]);
});

test("an account that pays at last changes no week before of the year", async () => {
  const paid = (at: string): string =>
    `account_id,source,channel,segment,region,signed_up_at,first_paid_at\na,campaign,direct,smb,eu,2026-03-02T09:00Z,${at}\n`;
  await putRows(company.db, {
    revenue_daily: [
      { account_id: "a", revenue_date: "2026-03-03", revenue_kind: "usage", net_amount: 5 },
    ],
  });
  await imported("accounts", paid(""));
  const computed = await imported("accounts", paid("2026-03-31T09:00Z"));
  expect(computed.get("ytd_revenue")).toBe(1);
});

test("a workflow that is archived counts up to then, and the weeks before stay computed", async () => {
  const workflow = (id: string, created: string, archived = ""): string =>
    `account_id,object_id,kind,created_at,archived_at\na,${id},workflow,${created},${archived}\n`;
  await imported("workspace_objects", workflow("x", "2026-02-20T09:00Z"));
  await imported("workspace_objects", workflow("y", "2026-02-20T09:00Z"));
  expect(await weekly("workflow_expansion_rate")).toEqual([0, 0, 0, 0, 0]);
  const archived = workflow("x", "2026-02-20T09:00Z", "2026-03-25T09:00Z");
  const computed = await imported("workspace_objects", archived);
  expect(await weekly("workflow_expansion_rate")).toEqual([0, 0, 0, -0.5, 0]);
  // Two weeks, each of one week and of thirteen.
  expect(computed.get("workflow_expansion_rate")).toBe(4);
});

describe("an account at risk, of which nobody has reviewed what it renews", () => {
  const renewal = (due: string, decided = "", outcome = ""): string =>
    `account_id,renewal_id,due_on,mrr_due,decided_on,outcome\na,r,${due},100,${decided},${outcome}\n`;
  const hour = (hour_start: string, counts: { requests: number; errors: number }) => ({
    ...{ account_id: "a", service: "api", region: "eu", hour_start, throttled: 0, ...counts },
  });
  const adding = (id: string, due: string): string =>
    `INSERT INTO source.renewals (account_id, renewal_id, due_on, mrr_due) VALUES ('a', '${id}', '${due}', 1)`;
  /** It meets errors, and is not satisfied: a renewal within 90 days is the third point. */
  beforeEach(async () => {
    await putRows(company.db, {
      tiers: [{ tier: "pro", tier_rank: 1, is_paid: true }],
      usage_daily: ["2026-03-10", "2026-03-17", "2026-03-31"].map((usage_date) => ({
        ...{ account_id: "a", user_id: "ann", usage_date, feature_id: "core", event_count: 1 },
      })),
      service_regions: [{ service: "api", region: "eu" }],
      telemetry_hourly: [
        hour("2026-03-02T10:00Z", { requests: 1000, errors: 100 }),
        hour("2026-03-20T10:00Z", { requests: 1000, errors: 500 }),
      ],
      surveys: [
        {
          ...{ account_id: "a", response_id: "s", respondent_id: "ann", kind: "csat", score: 2 },
          responded_at: "2026-02-10T09:00Z",
        },
      ],
    });
    const paid =
      "account_id,line_id,valid_from,is_primary,tier,status,mrr\na,l,2026-01-05T09:00Z,true,pro,paid,100\n";
    await loaded(company.db, "subscription_periods", paid);
    await imported("renewals", renewal("2026-05-01"));
  });

  test("is so in the weeks that the renewal lies ahead of, wherever it moves", async () => {
    expect(await weekly("at_risk_accounts")).toEqual([1, 1, 1, 1, 1]);
    await imported("renewals", renewal("2026-06-15"));
    expect(await weekly("at_risk_accounts")).toEqual([0, 0, 1, 1, 1]);
    await imported("renewals", renewal("2026-03-18"));
    expect(await weekly("at_risk_accounts")).toEqual([1, 1, 0, 0, 0]);
  });

  test("and once it is decided, the weeks before stay computed", async () => {
    const computed = await imported("renewals", renewal("2026-05-01", "2026-03-26", "renewed"));
    expect(computed.get("at_risk_accounts")).toBe(2);
    expect(await weekly("at_risk_accounts")).toEqual([1, 1, 1, 0, 0]);
    await imported("renewals", renewal("2026-05-01"));
    expect(await weekly("at_risk_accounts")).toEqual([1, 1, 1, 1, 1]);
  });

  test.each([
    ["is numbered anew", "UPDATE source.renewals SET renewal_id = 'other'", 0, [1, 1, 1, 1, 1]],
    ["was due long ago", adding("s", "2024-05-01"), 0, [1, 1, 1, 1, 1]],
    ["never comes", adding("s", "infinity"), 0, [1, 1, 1, 1, 1]],
    ["goes", "DELETE FROM source.renewals", 5, [0, 0, 0, 0, 0]],
  ])("a renewal that %s computes the weeks that saw it", async (_, change, weeks, told) => {
    await company.db.run(change);
    await company.db.run(
      "INSERT INTO bot.dirty (source_table, day) VALUES ('renewals', '2026-05-01')",
    );
    expect((await computedWeeks()).get("at_risk_accounts")).toBe(weeks);
    expect(await weekly("at_risk_accounts")).toEqual(told);
  });
});
