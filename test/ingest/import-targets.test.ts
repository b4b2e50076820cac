import { Readable } from "node:stream";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { importCsv } from "../../src/ingest/index.ts";
import { defaultSettings, loadCatalogue } from "../../src/metrics/catalogue/index.ts";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";

const loaded = await loadCatalogue(defaultSettings);
if (!loaded.ok) throw new Error(JSON.stringify(loaded.fault));
const catalogue = loaded.value;

let fresh: FreshDatabase;
beforeAll(async () => {
  fresh = await freshDatabase();
});
afterAll(() => fresh.close());

const HEADER =
  "target_id,metric_id,dims,target_type,value,value_hi,period_start,period_end,baseline_week,baseline_value";
const YEAR = "2026-01-01,2026-12-31,,";

async function importing(...lines: string[]) {
  const text = [lines[0]?.startsWith("target_id") ? "" : HEADER, ...lines]
    .filter(Boolean)
    .join("\n");
  const result = await importCsv(fresh.db, {
    table: "targets",
    file: { name: "targets.csv", stream: Readable.from([text]) },
    mode: "replace",
    completeThrough: null,
    now: Temporal.Instant.from("2026-11-16T09:00:00Z"),
    timeZone: "UTC",
    catalogue,
  });
  if (!result.ok) throw new Error(JSON.stringify(result.fault));
  return result.value;
}

describe("kpi import targets", () => {
  test("takes good rows, a metric named by its code too, and the same file changes nothing", async () => {
    const rows = [
      `a,R.1,{},cumulative_by_date,2800,,${YEAR}`,
      `b,adoption_rate,"{""tier"": ""pro""}",at_least,0.45,,${YEAR}`,
      `c,resource_utilization,"{""region"": [""eu"", ""us""]}",band,0.4,0.75,${YEAR}`,
    ];
    const first = await importing(...rows);
    expect(first.tables[0]).toMatchObject({ read: 3, new: 3, rejected: 0 });
    const ids = await fresh.db.rows(
      z.object({ metric_id: z.string() }),
      "SELECT metric_id FROM source.targets ORDER BY target_id",
    );
    expect(ids.map((row) => row.metric_id)).toEqual([
      "ytd_revenue",
      "adoption_rate",
      "resource_utilization",
    ]);
    expect((await importing(...rows)).tables[0]).toMatchObject({
      new: 0,
      changed: 0,
      unchanged: 3,
    });
  });

  test("takes a metric by its name or an alias that no other has", async () => {
    const named = ["Adoption Rate (13-week)", "csat", " ARR "];
    const rows = named.map(
      (name, i) => `n${i},${name},{},at_least,${i === 2 ? 100 : 0.4},,${YEAR}`,
    );
    expect((await importing(...rows)).rejections).toEqual([]);
    const ids = await fresh.db.rows(
      z.object({ metric_id: z.string() }),
      "SELECT metric_id FROM source.targets ORDER BY target_id",
    );
    expect(ids.map((row) => row.metric_id)).toEqual([
      "adoption_rate",
      "customer_satisfaction_score",
      "arr",
    ]);
  });

  test.each([
    [`x,no_such,{},at_least,1,,${YEAR}`, "metric_id", /^is no metric/],
    [
      `x,p.3,{},at_most,0.4,,${YEAR}`,
      "metric_id",
      /^may mean latency_p50, latency_p90, latency_p99: write one of them$/,
    ],
    [
      `x,P.5,{},at_least,0.99,,${YEAR}`,
      "metric_id",
      /^may mean availability_rate, uptime_pct: write one of them$/,
    ],
    [`x,adoption_rate,[1],at_least,0.4,,${YEAR}`, "dims", /^is no JSON object such as/],
    [`x,adoption_rate,{not json,at_least,0.4,,${YEAR}`, "dims", /^is not JSON/],
    [
      `x,adoption_rate,"{""tier"": 1}",at_least,0.4,,${YEAR}`,
      "dims",
      /^needs a text for each dimension/,
    ],
    [`x,adoption_rate,"{""tier"": []}",at_least,0.4,,${YEAR}`, "dims", /^has an empty list/],
    [
      `x,adoption_rate,"{""colour"": ""red""}",at_least,0.4,,${YEAR}`,
      "metric_id, dims",
      /which can be cut by source, /,
    ],
    [
      `x,adoption_rate,{},at_best,0.4,,${YEAR}`,
      "target_type",
      /^is not one of cumulative_by_date, level_by_date/,
    ],
    [
      `x,adoption_rate,{},cumulative_by_date,0.4,,${YEAR}`,
      "metric_id, target_type",
      /^cumulative_by_date is for what adds up/,
    ],
    [`x,adoption_rate,{},at_least,45,,${YEAR}`, "metric_id, value", /write a fraction/],
    [`x,adoption_rate,{},at_least,1.5,,${YEAR}`, "metric_id, value", /no share of a whole/],
    [`x,adoption_rate,{},band,0.4,1.5,${YEAR}`, "metric_id, value_hi", /no share of a whole/],
    [`x,adoption_rate,{},band,0.4,,${YEAR}`, "target_type, value_hi", /^a band needs value_hi/],
    [`x,adoption_rate,{},band,0.4,0.3,${YEAR}`, "value, value_hi", /upper edge/],
    [`x,adoption_rate,{},at_least,0.4,0.5,${YEAR}`, "target_type, value_hi", /^only a band/],
    [
      "x,adoption_rate,{},at_least,0.4,,2026-12-31,2026-01-01,,",
      "period_start, period_end",
      /ends before it starts/,
    ],
    [`x,adoption_rate,{},at_least,much,,${YEAR}`, "value", /^is not a number/],
  ])("%s is rejected", async (line, column, reason) => {
    const report = await importing(`ok,weekly_revenue,{},level_by_date,100,,${YEAR}`, line);
    expect(report.rejections).toEqual([
      expect.objectContaining({ line: 3, column, reason: expect.stringMatching(reason) }),
    ]);
    expect(report.tables[0]).toMatchObject({ read: 2, rejected: 1 });
  });

  test("a value that no data have is noted, once the values are known", async () => {
    const rows = [
      `a,adoption_rate,"{""tier"": [""pro"", ""platinum""], ""segment"": ""smb""}",at_least,0.4,,${YEAR}`,
      `b,adoption_rate,"{""tier"": ""(none)""}",at_least,0.4,,${YEAR}`,
    ];
    expect((await importing(...rows)).notes).toEqual([]);
    await fresh.db.run(
      "INSERT INTO bot.dimension_code (dimension, code, label) VALUES ('tier', 1, 'pro')",
    );
    const { notes } = await importing(...rows);
    expect(notes).toEqual([
      {
        kind: "unknown_values",
        table: "targets",
        dimension: "tier",
        rows: 1,
        examples: ["platinum"],
      },
    ]);
  });

  test("a band needs its upper edge also where the file has no such column", async () => {
    const report = await importing(
      "target_id,metric_id,target_type,value,period_start,period_end",
      "x,adoption_rate,band,0.4,2026-01-01,2026-12-31",
    );
    expect(report.rejections).toMatchObject([{ line: 2, column: "target_type" }]);
  });
});
