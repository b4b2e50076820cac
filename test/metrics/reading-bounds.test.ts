/**
 * What one new week reads. Without the planner's knowing its days a metric would read all usage there
 * ever was for each of its windows, which nobody sees in a small company, and everybody in a large one.
 */
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { defaultSettings } from "../../src/metrics/catalogue/index.ts";
import { newBinder } from "../../src/metrics/query/binder.ts";
import { inSnapshot, type Relation } from "../../src/metrics/query/run-windows.ts";
import { sharedSql, unitQuerySql } from "../../src/metrics/query/unit-query.ts";
import { windowOf } from "../../src/metrics/query/window.ts";
import { addWeeks } from "../../src/metrics/week.ts";
import { putRows } from "../support/rows.ts";
import { type AskedCompany, anAccount, askedCompany } from "./asked-company.ts";

const WEEK = "2026-11-02";
const WEEKS = 104;

let company: AskedCompany;
beforeAll(async () => {
  company = await askedCompany();
  const { db } = company;
  await putRows(db, {
    tiers: [{ tier: "pro", tier_rank: 1, is_paid: true }],
    features: [{ feature_id: "f", category: "core", is_core: true, ga_on: "2020-01-01" }],
    models: [
      { model_id: "m", capability_rank: 1, margin_class: "high", available_from: "2020-01-01" },
    ],
    accounts: [anAccount("a", { signed_up_at: "2024-11-18T09:00Z" })],
    users: [{ account_id: "a", user_id: "u", created_at: "2024-11-18T09:00Z" }],
  });
  // A row a day of two years, and of telemetry a row each eight hours.
  await db.run(`INSERT INTO source.usage_daily (account_id, user_id, usage_date, feature_id, model_id, event_count)
    SELECT 'a', 'u', date '2026-11-16' - i, 'f', 'm', 1 FROM generate_series(1, ${WEEKS * 7}) i`);
  await db.run(`INSERT INTO source.telemetry_hourly (account_id, service, region, hour_start, requests, errors, throttled)
    SELECT 'a', 's', 'eu', timestamptz '2026-11-16Z' - interval '8 hours' * i, 9, 0, 0 FROM generate_series(1, ${WEEKS * 21}) i`);
  await db.run(`INSERT INTO source.revenue_daily (account_id, revenue_date, revenue_kind, net_amount)
    SELECT 'a', date '2026-11-16' - i, 'usage', 1 FROM generate_series(1, ${WEEKS * 7}) i`);
  await company.refresh({ onlyFirst: true, first: [] });
  await db.run("ANALYZE");
}, 60_000);
afterAll(() => company?.close());

/** Rows a week of the tables that grow with every day. */
const rowsAWeek: Readonly<Record<string, number>> = {
  usage_daily: 7,
  usage_day: 7,
  telemetry_hourly: 21,
  revenue_daily: 7,
};

interface Node {
  "Relation Name"?: string;
  "Actual Rows"?: number;
  "Actual Loops"?: number;
  "Rows Removed by Filter"?: number;
  "Rows Removed by Index Recheck"?: number;
  Plans?: Node[];
}
const explained = z.object({ "QUERY PLAN": z.array(z.object({ Plan: z.custom<Node>() })) });

/** Rows that a statement took from each table, in all of its parts together. */
async function rowsTaken(text: string, values: readonly unknown[], relation: Relation) {
  const taken = new Map<string, number>();
  const add = (node: Node): void => {
    const name = node["Relation Name"];
    const rows =
      (node["Actual Rows"] ?? 0) +
      (node["Rows Removed by Filter"] ?? 0) +
      (node["Rows Removed by Index Recheck"] ?? 0);
    if (name) taken.set(name, Math.max(taken.get(name) ?? 0, rows));
    for (const child of node.Plans ?? []) add(child);
  };
  const [row] = await inSnapshot(company.db, company.settings, relation, async (sql) => {
    // In a table of few pages the planner reads all of them, whatever it knows.
    await sql.run("SET LOCAL enable_seqscan = off");
    return sql.rows(explained, `EXPLAIN (ANALYZE, FORMAT JSON) ${text}`, values);
  });
  for (const { Plan } of row?.["QUERY PLAN"] ?? []) add(Plan);
  return taken;
}

test.each(["facts", "exact"] as const)(
  "a week reads no more of the %s than what it rests on",
  async (relation) => {
    const read: string[] = [];
    for (const metric of company.catalogue.computed) {
      const { lag, lookback, lookahead, shared } = metric;
      if (lookback === "all") continue;
      const windows = [windowOf(metric, defaultSettings, WEEK, metric.window)];
      const group = metric.dimensions.filter((name) => !metric.overlapping.includes(name));
      const query = {
        metric,
        settings: defaultSettings,
        windows,
        filters: {},
        group,
        detail: "sums",
      } as const;
      // The weeks of its reach, and a day more on either side.
      const weeks = metric.window + lag + lookback + lookahead + 1;
      const statements = [(binder: ReturnType<typeof newBinder>) => unitQuerySql(query, binder)];
      if (shared !== undefined)
        statements.push((binder) =>
          sharedSql({ ...metric, shared }, defaultSettings, windows, binder),
        );
      for (const write of statements) {
        const binder = newBinder();
        const taken = await rowsTaken(write(binder), binder.values, relation);
        for (const [table, rows] of Object.entries(rowsAWeek)) {
          const found = taken.get(table) ?? 0;
          if (found > 0) read.push(table);
          expect.soft(found, `${metric.id} of ${table}`).toBeLessThanOrEqual(weeks * rows);
        }
      }
    }
    // Else it would hold for whoever reads nothing.
    expect(new Set(read)).toContain("usage_daily");
    expect(read.length).toBeGreaterThan(30);
  },
  120_000,
);

test("what a company wrote itself is not bounded by its words, which may be wrong", async () => {
  const own = await askedCompany(`
- id: old_usage
  name: Old usage
  layer: actionable
  owners: [PRD]
  unit: events
  direction: up
  sensitive: false
  aggregation: sum
  test: value
  tier: event
  dimensions: [tier]
  reads: [accounts, usage_daily]
  what: Events of the week a year ago.
  numerator: events
  sql: |
    SELECT w.a, u.account_id, u.usage_date AS at, u.event_count AS num, 1 AS n
    FROM w JOIN usage_daily u ON u.usage_date >= w.a - 364 AND u.usage_date < w.b - 364
`);
  try {
    const metric = own.catalogue.get("old_usage");
    if (metric === undefined) throw new Error("not loaded");
    const windows = [WEEK, addWeeks(WEEK, 1)].map((week) =>
      windowOf(metric, defaultSettings, week, 1),
    );
    const query = {
      metric,
      settings: defaultSettings,
      windows,
      filters: {},
      group: [],
      detail: "sums",
    } as const;
    expect(unitQuerySql(query, newBinder())).not.toMatch(/usage_daily AS/);
  } finally {
    await own.close();
  }
});
