/** Counts of accounts that are kept with the cells, against those that are made from the facts. */
import fc from "fast-check";
import { afterEach, expect, test } from "vitest";
import type { Database } from "../../src/db/index.ts";
import {
  type Catalogue,
  catalogueOf,
  defaultSettings,
  loadCatalogue,
  type Metric,
  type MetricSettings,
} from "../../src/metrics/catalogue/index.ts";
import { addWeeks, refresh, weekOf } from "../../src/metrics/index.ts";
import { inSnapshot } from "../../src/metrics/query/run-windows.ts";
import { cellWidths } from "../../src/metrics/roll-up/cell-key.ts";
import { readCounts } from "../../src/metrics/roll-up/read-counts.ts";
import { type Counted, countAccounts } from "../../src/metrics/screen/count-accounts.ts";
import type { AccountTable } from "../../src/metrics/screen/discretion.ts";
import { weeksFrom } from "../../src/metrics/week.ts";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";
import { completeThrough, putRows } from "../support/rows.ts";
import {
  aCompany,
  applyChanges,
  putCompany,
  type RowChange,
  referredRows,
  someBatches,
} from "./a-changing-company.ts";

import { aMetric, anAccount, askedCompany } from "./asked-company.ts";
import { FIRST_DAY } from "./changing/values.ts";

let database: FreshDatabase | null = null;
afterEach(async () => {
  await database?.close();
  database = null;
});

const settingsOf = fc.record({
  timeZone: fc.constantFrom("UTC", "America/New_York"),
  weekStarts: fc.integer({ min: 1, max: 7 }),
  fiscalYearStarts: fc.constantFrom(1, 4),
});

/** Only the sensitive metrics, and what they are made of. */
async function sensitiveMetrics(settings: MetricSettings): Promise<Catalogue> {
  const loaded = await loadCatalogue(settings);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.fault));
  const { metrics, get } = loaded.value;
  const parts = metrics.flatMap(({ sensitive, parts: of }) =>
    sensitive ? of.filter(({ metric }) => get(metric.id)).map(({ metric }) => metric.id) : [],
  );
  return catalogueOf(metrics.filter(({ id, sensitive }) => sensitive || parts.includes(id)));
}

async function refreshed(
  settings: MetricSettings,
  catalogue: Catalogue,
  company: readonly RowChange[],
): Promise<Database> {
  database = await freshDatabase();
  const { db } = database;
  await putRows(db, referredRows);
  await putCompany(db, company);
  await completeThrough(db, "2024-06-05T00:00Z");
  await refresh(db, settings, catalogue);
  return db;
}

/** Every dimension by itself, none, and all those of two. */
function questions({ dimensions, overlapping }: Metric): string[][] {
  const plain = dimensions.filter((name) => !overlapping.includes(name)).sort();
  const pairs = plain.flatMap((a) => plain.filter((b) => a < b).map((b) => [a, b]));
  return [[], ...plain.map((name) => [name]), ...pairs];
}

/** Those alike counted together, whatever the order in which they and their labels were found. */
function tallied(table: AccountTable): Map<string, number> {
  const tally = new Map<string, number>();
  for (const { accounts, labels } of table) {
    const key = JSON.stringify(labels.map((each) => JSON.stringify(Object.entries(each))).sort());
    tally.set(key, (tally.get(key) ?? 0) + accounts);
  }
  return new Map([...tally].sort());
}

/** Compares all that stands with the facts; how many tables stood. */
async function expectCountsToEqualFacts(
  db: Database,
  settings: MetricSettings,
  metric: Metric,
): Promise<number> {
  const first = weekOf(Temporal.PlainDate.from(FIRST_DAY), settings.weekStarts);
  const weeks = weeksFrom(first, addWeeks(first, 19));
  let stood = 0;
  for (const width of cellWidths(metric))
    for (const dimensions of questions(metric))
      await inSnapshot(db, settings, "facts", async (sql) => {
        const counted: Counted = { metric, weeks, width, dimensions };
        const kept = await readCounts(sql, counted);
        const facts = await countAccounts(sql, settings, counted);
        for (const [week, table] of kept)
          expect(tallied(table), `${metric.id} ${width} by ${dimensions} ${week}`).toEqual(
            tallied(facts.get(week) ?? []),
          );
        stood += kept.size;
      });
  return stood;
}

test("whatever comes, changes and goes, accounts that were counted are those of the facts", {
  timeout: 300_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.noBias(aCompany),
      fc.noBias(someBatches),
      settingsOf,
      async (company, batches, chosen) => {
        const settings = { ...defaultSettings, ...chosen };
        const catalogue = await sensitiveMetrics(settings);
        const db = await refreshed(settings, catalogue, company);
        try {
          for (const batch of batches.slice(0, 2)) {
            await applyChanges(db, settings, batch);
            await refresh(db, settings, catalogue);
          }
          for (const metric of catalogue.computed.filter(({ isCounted }) => isCounted))
            expect(await expectCountsToEqualFacts(db, settings, metric)).toBeGreaterThan(0);
        } finally {
          await database?.close();
          database = null;
        }
      },
    ),
    { numRuns: 3, endOnFailure: true },
  );
});

test("an account whose rows cancel each other is none, whichever way it is counted", async () => {
  const catalogue = await sensitiveMetrics(defaultSettings);
  const account = (account_id: string): RowChange["row"] => ({
    account_id,
    source: "campaign",
    channel: "direct",
    segment: "smb",
    region: "eu",
    signed_up_at: "2024-01-08T09:00Z",
  });
  const paid = (account_id: string, revenue_kind: string, net_amount: number) => ({
    table: "revenue_daily",
    remove: false,
    row: { account_id, revenue_date: "2024-03-05", revenue_kind, net_amount },
  });
  const db = await refreshed(defaultSettings, catalogue, [
    ...["nought", "some"].map((id) => ({ table: "accounts", remove: false, row: account(id) })),
    paid("nought", "usage", 20),
    paid("nought", "subscription", -20),
    paid("some", "usage", 20),
    paid("some", "subscription", -5),
  ]);
  const metric = catalogue.get("weekly_revenue");
  if (metric === undefined) throw new Error("no weekly_revenue");
  const week = "2024-03-04";
  const accountsBy = async (...dimensions: string[]) =>
    inSnapshot(db, defaultSettings, "facts", async (sql) => {
      const kept = await readCounts(sql, { metric, weeks: [week], width: 1, dimensions });
      return kept.get(week)?.map(({ accounts, labels }) => [accounts, labels.length]);
    });
  expect(await accountsBy()).toEqual([[1, 1]]);
  expect(await accountsBy("region")).toEqual([[1, 1]]);
  expect(await accountsBy("revenue_kind")).toEqual([[2, 2]]);
  expect(await expectCountsToEqualFacts(db, defaultSettings, metric)).toBeGreaterThan(0);
});

test("counts that are missing beside cells that stand are made by the next refresh", async () => {
  const catalogue = await sensitiveMetrics(defaultSettings);
  const db = await refreshed(
    defaultSettings,
    catalogue,
    fc.sample(fc.noBias(aCompany), 1)[0] ?? [],
  );
  const counted = { metric: catalogue.get("mrr") as Metric, width: 1, dimensions: ["tier"] };
  const weeks = ["2024-03-04", "2024-03-11"];
  const kept = async () => {
    const tables = await inSnapshot(db, defaultSettings, "facts", (sql) =>
      readCounts(sql, { ...counted, weeks }),
    );
    // In no order: profiles come as the database adds them up.
    return new Map([...tables].map(([week, table]) => [week, tallied(table)]));
  };
  const before = await kept();
  expect([...before.keys()].sort()).toEqual(weeks);
  await db.run("DELETE FROM bot.account_count");
  expect((await kept()).size).toBe(0);
  await refresh(db, defaultSettings, catalogue);
  expect(await kept()).toEqual(before);
});

test("the accounts of a company's own sensitive metric are counted as those of any other", async () => {
  const sql =
    "SELECT w.a, r.account_id, r.revenue_date AS at, r.net_amount AS num, 1 AS n FROM w JOIN revenue_daily r ON r.revenue_date >= w.a AND r.revenue_date < w.b";
  const keys = { sensitive: "true", unit: "money", reads: "[accounts, revenue_daily]" };
  const company = await askedCompany(aMetric(sql, keys));
  const { db, catalogue, settings } = company;
  try {
    const ids = ["a", "b", "c"];
    await putRows(db, {
      accounts: ids.map((id) => anAccount(id, { source: id === "c" ? "referral" : "campaign" })),
      revenue_daily: ids.map((account_id) => ({
        account_id,
        revenue_date: "2026-03-10",
        revenue_kind: "usage",
        net_amount: 9,
      })),
    });
    await completeThrough(db, "2026-03-16T00:00Z");
    expect((await company.refresh()).failed).toEqual([]);
    const metric = catalogue.get("own_metric");
    if (metric === undefined) throw new Error("no own_metric");
    const counted = { metric, weeks: ["2026-03-09"], width: 1, dimensions: ["source"] };
    const kept = await inSnapshot(db, settings, "facts", (sql) => readCounts(sql, counted));
    expect(tallied(kept.get("2026-03-09") ?? [])).toEqual(
      new Map([
        ['["[[\\"source\\",\\"campaign\\"]]"]', 2],
        ['["[[\\"source\\",\\"referral\\"]]"]', 1],
      ]),
    );
  } finally {
    await company.close();
  }
});
