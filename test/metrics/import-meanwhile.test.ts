/** An import that goes on while a refresh does: neither waits for the other, and nothing is lost. */
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Sql } from "../../src/db/index.ts";
import { markDirty } from "../../src/ingest/mark-dirty.ts";
import { waitingForLocks } from "../support/locks.ts";
import { completeThrough, putRows } from "../support/rows.ts";
import { type AskedCompany, anAccount, askedCompany } from "./asked-company.ts";

let company: AskedCompany;
const plan = (account_id: string) => ({
  account_id,
  line_id: "main",
  valid_from: "2026-03-02T09:00Z",
  is_primary: true,
  tier: "pro",
  status: "paid",
  mrr: 10,
});

beforeEach(async () => {
  company = await askedCompany();
  await putRows(company.db, {
    tiers: [{ tier: "pro", tier_rank: 1, is_paid: true }],
    features: [{ feature_id: "f", category: "core", is_core: true, ga_on: "2025-01-01" }],
    accounts: [anAccount("a"), anAccount("b")],
    subscription_periods: [plan("a")],
    usage_daily: ["a", "b"].map((account_id) => ({
      account_id,
      user_id: "u",
      usage_date: account_id === "a" ? "2026-03-17" : "2026-04-08",
      feature_id: "f",
      event_count: 1,
    })),
  });
  await completeThrough(company.db, "2026-04-20T00:00Z");
  await company.refresh();
});
afterEach(() => company.close());

async function use(sql: Sql, account_id: string, day: string): Promise<void> {
  const mine = `(SELECT '${account_id}' AS account_id, '${day}'::date AS usage_date) mine`;
  await sql.run(`INSERT INTO source.usage_daily (account_id, user_id, usage_date, feature_id, event_count)
    SELECT account_id, 'u', usage_date, 'f', 1 FROM ${mine}`);
  await markDirty(sql, "usage_daily", ["usage_date"], mine);
}

/** Cells and sources agree on the week's value, and this is it. */
async function expectValue(metric: string, week: string, value: number): Promise<void> {
  for (const exact of [false, true])
    expect((await company.ask({ metric, week }, exact)).figures.value).toBe(value);
}

/** A refresh that gets as far as the lock lets it, and on when `meanwhile` has happened. */
async function refreshHeld(lock: string, meanwhile: () => Promise<void>): Promise<void> {
  let refreshed: Promise<unknown> = Promise.resolve();
  await company.db.transaction(async (sql) => {
    await sql.run(lock);
    refreshed = company.refresh();
    await waitingForLocks(company.db, 1);
    await meanwhile();
  });
  await refreshed;
}

test("a refresh does not wait for an import that writes the same mark, nor takes it away", async () => {
  await company.db.transaction((sql) => use(sql, "b", "2026-03-17"));
  await company.db.transaction(async (sql) => {
    await use(sql, "b", "2026-03-18");
    await sql.run("UPDATE source.usage_daily SET event_count = 0 WHERE account_id = 'a'");
    await markDirty(
      sql,
      "usage_daily",
      ["usage_date"],
      "(SELECT 'a' AS account_id, date '2026-03-17' AS usage_date UNION SELECT 'b', '2026-03-17') x",
    );
    await company.refresh();
    await expectValue("active_accounts", "2026-03-16", 2);
  });
  await company.refresh();
  await expectValue("active_accounts", "2026-03-16", 1);
});

test("an import writes a mark that a refresh goes by, without waiting, and the next refresh reads it", async () => {
  await company.db.transaction((sql) => use(sql, "b", "2026-03-17"));
  await refreshHeld("LOCK TABLE facts.first_use IN SHARE MODE", () =>
    company.db.transaction(async (sql) => {
      await sql.run("SET LOCAL lock_timeout = '20s'");
      await sql.run("DELETE FROM source.usage_daily WHERE usage_date = '2026-03-17'");
      await markDirty(
        sql,
        "usage_daily",
        ["usage_date"],
        "(SELECT 'a' AS account_id, date '2026-03-17' AS usage_date UNION SELECT 'b', '2026-03-17') x",
      );
    }),
  );
  await company.refresh();
  await expectValue("active_accounts", "2026-03-16", 0);
});

test("a plan that comes while the facts are written is not taken for one that was known", async () => {
  const ends = "2026-04-15T10:00Z";
  await company.db.run("UPDATE source.subscription_periods SET valid_to = $1", [ends]);
  await company.db.run("INSERT INTO bot.dirty VALUES ('subscription_periods', '2026-04-15')");
  await refreshHeld("LOCK TABLE facts.account IN SHARE MODE", async () => {
    await putRows(company.db, { subscription_periods: [plan("b")] });
    await company.db.run("INSERT INTO bot.dirty VALUES ('subscription_periods', '2026-03-02')");
  });
  await company.refresh();
  const query = { metric: "active_accounts", week: "2026-04-06", by: "tier" };
  for (const exact of [false, true]) {
    const { breakdown } = await company.ask(query, exact);
    expect(breakdown?.segments).toMatchObject([{ segment: "pro", value: 1 }]);
  }
});

test("a feature that changes after the refresh has looked at its table is found by the next", async () => {
  const other = { feature_id: "g", category: "core", is_core: true, ga_on: "2025-01-01" };
  await putRows(company.db, { features: [other] });
  await refreshHeld("LOCK TABLE facts.account IN ACCESS EXCLUSIVE MODE", () =>
    company.db
      .run("UPDATE source.features SET is_core = false WHERE feature_id = 'f'")
      .then(() => {}),
  );
  await company.refresh();
  await expectValue("active_accounts", "2026-04-06", 0);
});
