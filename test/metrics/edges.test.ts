/** What lies on an edge: an empty range of time, a bucket's bound, a count that weeks do not add up to. */
import { afterEach, beforeEach, expect, test } from "vitest";
import { completeThrough, putRows } from "../support/rows.ts";
import { type AskedCompany, anAccount, askedCompany } from "./asked-company.ts";

let company: AskedCompany;
beforeEach(async () => {
  company = await askedCompany();
});
afterEach(() => company.close());

/** From the cells, which must be what the sources say. */
async function asked(query: Parameters<AskedCompany["ask"]>[0]) {
  await completeThrough(company.db, "2026-04-20T00:00Z");
  await company.refresh();
  const answer = await company.ask(query);
  expect(answer).toEqual(await company.ask(query, true));
  return answer;
}

test("a period that ends before it begins, or as it begins, is no period and takes no MRR away", async () => {
  const line = (line_id: string, mrr: number, valid_to: string | null) => ({
    account_id: "a",
    line_id,
    valid_from: line_id === "main" ? "2026-03-02T09:00Z" : "2026-03-16T09:00Z",
    valid_to,
    is_primary: line_id === "main",
    tier: "pro",
    status: "paid",
    mrr,
  });
  await putRows(company.db, {
    tiers: [{ tier: "pro", tier_rank: 1, is_paid: true }],
    accounts: [anAccount("a")],
    subscription_periods: [
      line("main", 100, null),
      line("seats", 40, "2026-03-05T09:00Z"),
      line("support", 7, "2026-03-16T09:00Z"),
    ],
  });
  const { series } = await asked({ metric: "mrr", week: "2026-03-23", lastWeeks: 4 });
  expect(series.map((point) => point.value)).toEqual([100, 100, 100, 100]);
});

test("pairs of service and region are counted once however many weeks are asked about", async () => {
  await putRows(company.db, {
    accounts: [anAccount("a")],
    service_regions: ["eu", "us"].map((region) => ({ service: "api", region })),
    incidents: [
      {
        incident_id: "i",
        service: "api",
        region: "eu",
        severity: 1,
        is_downtime: true,
        started_at: "2026-04-05T23:00Z",
        resolved_at: "2026-04-06T01:00Z",
      },
    ],
  });
  const { figures } = await asked({ metric: "uptime_pct", windowWeeks: 4, by: "region" });
  expect(figures).toMatchObject({ num: 2 * 40_320 - 120, den: 2 * 40_320, n: 2 });
});

test("a quantile on the edge of the last bucket is exact, and beyond it is said to be higher", async () => {
  const hour = (service: string, buckets: Readonly<Record<string, number>>) => ({
    account_id: "a",
    service,
    region: "eu",
    hour_start: "2026-04-13T10:00Z",
    requests: 4,
    errors: 0,
    throttled: 0,
    ...buckets,
  });
  await putRows(company.db, {
    accounts: [anAccount("a")],
    telemetry_hourly: [hour("edge", { b13: 2, b14: 2 }), hour("beyond", { b13: 1, b14: 3 })],
  });
  const flagsOf = async (service: string) => {
    const query = { metric: "latency_p50", windowWeeks: 1, filters: { service: [service] } };
    const { figures, flags } = await asked(query);
    return [figures.value, flags.includes("above_range")];
  };
  expect(await flagsOf("edge")).toEqual([10_000, false]);
  expect(await flagsOf("beyond")).toEqual([10_000, true]);
});
