/** A company that loads only what is of the platform: no account makes the facts, and they are known all the same. */
import { afterEach, expect, test } from "vitest";
import { loaded } from "../ingest/importing.ts";
import { completeThrough, putRows } from "../support/rows.ts";
import { type AskedCompany, aMetric, anAccount, askedCompany } from "./asked-company.ts";

let company: AskedCompany;
afterEach(() => company.close());

const sessions = aMetric(
  `SELECT w.a, m.sessions AS num, m.sessions AS n, m.channel
FROM w JOIN marketing_daily m ON m.day >= w.a AND m.day < w.b`,
  { dimensions: "[channel]", tier: "none", reads: "[marketing_daily]" },
);
const inTheWeek = async (metric: string) =>
  (await company.ask({ metric, week: "2026-04-06" })).figures.value;

async function aPlatform(): Promise<void> {
  company = await askedCompany(sessions);
  await putRows(company.db, {
    channels: [{ channel: "direct", is_organic: false }],
    campaigns: [{ campaign_id: "none", kind: "other", channel: "direct" }],
    marketing_daily: [{ day: "2026-04-08", channel: "direct", sessions: 3 }],
  });
  await completeThrough(company.db, "2026-04-13T00:00Z");
  expect((await company.refresh()).weeks).toBeGreaterThan(0);
}

test("a refresh with nothing new computes nothing anew", async () => {
  await aPlatform();
  const again = await company.refresh();
  expect(again).toMatchObject({ dirtyDays: 0, staleCells: 0, weeks: 0 });
  expect(await inTheWeek("own_metric")).toBe(3);
});

test("a row that changed renews its week", async () => {
  await aPlatform();
  await loaded(
    company.db,
    "marketing_daily",
    "day,channel,campaign_id,sessions\n2026-04-08,direct,none,5\n",
  );
  await company.refresh();
  expect(await inTheWeek("own_metric")).toBe(5);
});

test("the first accounts are counted with the next refresh", async () => {
  await aPlatform();
  await putRows(company.db, {
    accounts: [anAccount("a", { signed_up_at: "2026-04-07T09:00Z" })],
    features: [{ feature_id: "f", category: "core", is_core: true, ga_on: "2025-01-01" }],
    usage_daily: [
      { account_id: "a", user_id: "u", usage_date: "2026-04-08", feature_id: "f", event_count: 1 },
    ],
  });
  await company.refresh();
  expect(await inTheWeek("weekly_sign_ups")).toBe(1);
  expect(await inTheWeek("active_accounts")).toBe(1);
  expect(await inTheWeek("own_metric")).toBe(3);
});
