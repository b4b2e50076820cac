import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ImportReport, importMapping, tellImport } from "../../src/ingest/index.ts";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";
import { hasShared, shared } from "../support/shared.ts";
import { column, now } from "./importing.ts";

const example = path.resolve(import.meta.dirname, "../../examples/ravenstack");
const LONG = 240_000;

async function bringIn(fresh: FreshDatabase, dir: string): Promise<ImportReport> {
  const result = await importMapping(fresh.db, {
    mapping: path.join(example, "mapping.yaml"),
    dir,
    now,
    timeZone: "UTC",
  });
  if (!result.ok) throw new Error(JSON.stringify(result.fault));
  return result.value;
}

const found = (report: ImportReport) =>
  Object.fromEntries(report.checks.map(({ name, rows }) => [name, rows]));

/** Every line is loaded, merged, rejected, left out with a reason, or unexplained. */
function expectAccounted(report: ImportReport): void {
  for (const file of report.files) {
    const leftOut = file.leftOut.reduce((sum, { rows }) => sum + rows, 0);
    expect(file.loaded + file.merged + file.rejected + leftOut + file.unexplained).toBe(file.read);
    expect(file.unexplained).toBe(0);
  }
}

async function expectOnePrimaryLine(fresh: FreshDatabase): Promise<void> {
  const gaps = await column(
    fresh.db,
    `SELECT p.account_id || ' ' || d.at AS value
     FROM (SELECT DISTINCT account_id, valid_from AS at FROM source.subscription_periods) d
     JOIN source.subscription_periods p ON p.account_id = d.account_id AND p.valid_from <= d.at AND (p.valid_to IS NULL OR d.at < p.valid_to)
     GROUP BY p.account_id, d.at HAVING count(DISTINCT p.line_id) FILTER (WHERE p.is_primary) <> 1 OR count(*) <> count(DISTINCT p.line_id)`,
  );
  expect(gaps).toEqual([]);
}

describe("the fixture, with the same faults in small", () => {
  let fresh: FreshDatabase;
  let report: ImportReport;
  beforeAll(async () => {
    fresh = await freshDatabase();
    report = await bringIn(fresh, path.join(example, "fixture"));
  });
  afterAll(() => fresh.close());

  test("every line of the five files is accounted for", () => {
    expectAccounted(report);
    expect(report.files.map(({ read }) => read)).toEqual([5, 8, 8, 4, 4]);
    expect(report.files.map(({ merged }) => merged)).toEqual([0, 0, 2, 0, 0]);
    expect(report.rejectionsInAll).toBe(0);
  });

  test("the checks name the contradictions", () => {
    expect(found(report)).toEqual({
      repeated_usage_ids: 1,
      churn_event_without_flag: 2,
      churn_flag_without_event: 1,
      churn_flag_with_open_subscription: 2,
      usage_outside_subscription: 3,
      usage_before_sign_up: 1,
      usage_without_subscription: 0,
      overlapping_subscriptions: 2,
      account_plan_without_subscription: 1,
      arr_is_not_12_mrr: 0,
      tickets_before_sign_up: 1,
      first_response_after_close: 1,
    });
    expect(tellImport(report)).toContain("usage_id U-4, rows 2, lines {5,6}");
  });

  test("overlapping subscriptions become lines of which one at a time is primary", async () => {
    await expectOnePrimaryLine(fresh);
    const primary = await column(
      fresh.db,
      `SELECT concat_ws(' ', line_id, tier, status, valid_from::date, valid_to::date, mrr) AS value
       FROM source.subscription_periods WHERE account_id = 'A-1' AND is_primary ORDER BY valid_from`,
    );
    expect(primary).toEqual([
      "S-11 basic paid 2024-01-08 2024-03-01 100",
      "S-12 enterprise paid 2024-03-01 2024-06-01 900.50",
      "S-11 basic paid 2024-06-01 100",
    ]);
  });

  test("derived revenue adds up to the MRR of a whole month to the cent, refunds apart", async () => {
    const months = await column(
      fresh.db,
      `SELECT concat_ws(' ', to_char(revenue_date, 'YYYY-MM'), revenue_kind, sum(net_amount)) AS value
       FROM source.revenue_daily WHERE account_id = 'A-1' AND revenue_date BETWEEN '2024-02-01' AND '2024-06-30'
       GROUP BY to_char(revenue_date, 'YYYY-MM'), revenue_kind ORDER BY 1`,
    );
    expect(months).toEqual([
      "2024-02 subscription 100.00",
      "2024-03 subscription 1000.50",
      "2024-04 subscription 1000.50",
      "2024-05 subscription 1000.50",
      "2024-06 one_time -4.03",
      "2024-06 subscription 100.00",
    ]);
  });

  test("the same files twice change nothing", async () => {
    const again = await bringIn(fresh, path.join(example, "fixture"));
    for (const table of again.tables)
      expect(table).toMatchObject({ new: 0, changed: 0, deleted: 0, unchanged: table.read });
  });
});

describe.skipIf(!hasShared("data/ravenstack/accounts.csv"))("the whole of RavenStack", () => {
  let fresh: FreshDatabase;
  let report: ImportReport;
  beforeAll(async () => {
    fresh = await freshDatabase();
    report = await bringIn(fresh, path.join(shared, "data/ravenstack"));
  }, LONG);
  afterAll(() => fresh.close());

  test("all its 33,100 rows are accounted for", () => {
    expectAccounted(report);
    expect(report.files.reduce((sum, { read }) => sum + read, 0)).toBe(33_100);
    expect(tellImport(report)).toContain("All 33,100 rows of 5 files are accounted for");
    expect(report.rejectionsInAll).toBe(0);
  });

  test("the checks name the repeated usage ids and the contradictions about churn", () => {
    expect(found(report)).toMatchObject({
      repeated_usage_ids: 21,
      churn_event_without_flag: 277,
      churn_flag_without_event: 35,
      usage_outside_subscription: 19_432,
      overlapping_subscriptions: 500,
    });
    const ids = report.checks
      .find(({ name }) => name === "repeated_usage_ids")
      ?.examples.map(([id]) => id);
    expect(new Set(ids).size).toBe(21);
  });

  test("one line at a time is primary in every account", () => expectOnePrimaryLine(fresh));

  test("no use, money or ticket is lost on the way", async () => {
    const same = await column(
      fresh.db,
      `SELECT (u.here = u.there AND m.here = m.there AND r.here = r.there)::text AS value FROM
         (SELECT (SELECT sum(event_count) FROM source.usage_daily) AS here,
                 (SELECT sum(usage_count::bigint) FROM raw.feature_usage) AS there) u,
         (SELECT (SELECT sum(mrr) FROM source.subscription_periods WHERE valid_to IS NULL) AS here,
                 (SELECT sum(mrr_amount::numeric) FROM raw.subscriptions WHERE end_date IS NULL) AS there) m,
         (SELECT (SELECT -sum(net_amount) FROM source.revenue_daily WHERE revenue_kind = 'one_time') AS here,
                 (SELECT sum(refund_amount_usd::numeric) FROM raw.churn_events) AS there) r`,
    );
    expect(same).toEqual(["true"]);
  });

  test(
    "the same files twice change nothing",
    async () => {
      const again = await bringIn(fresh, path.join(shared, "data/ravenstack"));
      for (const table of again.tables)
        expect(table).toMatchObject({ new: 0, changed: 0, deleted: 0 });
    },
    LONG,
  );
});
