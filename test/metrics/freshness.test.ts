import { afterEach, expect, test } from "vitest";
import { freshnessOf } from "../../src/metrics/index.ts";
import { completeThrough, putRows } from "../support/rows.ts";
import { type AskedCompany, anAccount, askedCompany } from "./asked-company.ts";

let company: AskedCompany | null = null;
afterEach(async () => {
  await company?.close();
  company = null;
});

test("a table that was never loaded, one that is late, and one that waits for a refresh are told as such", async () => {
  company = await askedCompany();
  const { db, catalogue, settings } = company;
  const metric = catalogue.get("weekly_revenue");
  if (metric === undefined) throw new Error("no weekly_revenue");
  const fresh = (now: string) =>
    freshnessOf({ db, catalogue, settings }, metric, Temporal.Instant.from(now));
  const monday = "2026-03-16T00:00:00Z";
  await putRows(db, { accounts: [anAccount("a")] });
  await completeThrough(db, monday);
  await db.run("DELETE FROM source.source_watermarks WHERE source_table = 'revenue_daily'");
  await company.refresh();
  const known = { through: monday, missing: null, isWaiting: false };
  expect(await fresh("2026-03-16T09:00Z")).toEqual([
    { table: "revenue_daily", through: null, missing: null, isWaiting: false },
    { table: "accounts", ...known },
  ]);
  await completeThrough(db, "2026-03-18T00:00Z");
  expect(await fresh("2026-03-31T09:00Z")).toEqual([
    { table: "revenue_daily", through: null, missing: null, isWaiting: true },
    { table: "accounts", ...known, missing: "2026-03-16", isWaiting: true },
  ]);
});
