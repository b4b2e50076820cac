/** A metric over a table of the company's own, which nothing marks when it changes. */
import { afterEach, describe, expect, test } from "vitest";
import { column, loaded } from "../ingest/importing.ts";
import { completeThrough, putRows } from "../support/rows.ts";
import { type AskedCompany, aMetric, anAccount, askedCompany } from "./asked-company.ts";

let company: AskedCompany;
afterEach(() => company.close());

test.each([
  "FROM w JOIN raw.calls c ON",
  "FROM w, raw.calls c WHERE",
  'FROM w JOIN "raw"."calls" c ON',
  'FROM w JOIN raw . "calls" c ON',
])(
  "%s: its last weeks are computed anew at each refresh, and those of other metrics are not",
  async (from) => {
    const calls = `SELECT w.a, c.account_id, c.day AS at, 1 AS num, 1 AS n
${from} c.day >= w.a AND c.day < w.b`;
    const tickets = `SELECT w.a, t.account_id, t.created_at AS at, 1 AS num, 1 AS n
FROM w JOIN source.tickets t ON t.created_at >= ts(w.a) AND t.created_at < ts(w.b)`;
    company = await askedCompany(
      aMetric(calls, { id: "own_calls", reads: "[accounts]" }) + aMetric(tickets),
    );
    const { db } = company;
    await db.run("CREATE TABLE raw.calls (account_id text, day date)");
    await putRows(db, { accounts: [anAccount("a")] });
    await completeThrough(db, "2026-04-13T00:00Z");
    const refreshed = () => company.refresh({ first: ["own_calls"], onlyFirst: true });
    const value = async (metric: string) =>
      (await company.ask({ metric, week: "2026-03-02" })).figures.value;
    await refreshed();
    expect(await value("own_calls")).toBe(0);
    await db.run("INSERT INTO raw.calls VALUES ('a', '2026-03-04')");
    // The totals of the six weeks since the first sign-up; no dimension had any row.
    expect((await refreshed()).staleCells).toBe(6);
    expect(await value("own_calls")).toBe(1);
    expect(await company.ask({ metric: "own_calls", week: "2026-03-02" })).toMatchObject({
      flags: expect.arrayContaining(["restated"]),
    });
  },
);

describe("a metric over a table of the company's own", () => {
  /** Of a year that ends with the week of 6 April 2026. */
  async function aYear(): Promise<void> {
    const calls = `SELECT w.a, c.account_id, c.day AS at, 1 AS num, 1 AS n
FROM w JOIN raw.calls c ON c.day >= w.a AND c.day < w.b`;
    company = await askedCompany(aMetric(calls, { reads: "[accounts]" }));
    await company.db.run("CREATE TABLE raw.calls (account_id text, day date)");
    const signed_up_at = "2025-04-07T09:00Z";
    await putRows(company.db, { accounts: [anAccount("a", { signed_up_at })] });
    await completeThrough(company.db, "2026-04-13T00:00Z");
    await refreshed();
  }
  const refreshed = () => company.refresh({ first: ["own_metric"], onlyFirst: true });
  const weeksWithCells = async () =>
    (
      await column(
        company.db,
        "SELECT DISTINCT period::text AS value FROM bot.cell WHERE metric = 'own_metric' AND grain = 'week' ORDER BY 1",
      )
    ).length;

  test("loses its last 14 weeks while its SQL fails, however often that is tried", async () => {
    await aYear();
    expect(await weeksWithCells()).toBe(53);
    await company.db.run("ALTER TABLE raw.calls RENAME TO called");
    for (const _ of [1, 2, 3]) expect((await refreshed()).failed).toHaveLength(1);
    expect(await weeksWithCells()).toBe(39);
    await company.db.run("ALTER TABLE raw.called RENAME TO calls");
    await company.db.run("INSERT INTO raw.calls VALUES ('a', '2026-03-04')");
    await refreshed();
    expect(await weeksWithCells()).toBe(53);
    const { figures } = await company.ask({ metric: "own_metric", week: "2026-03-02" });
    expect(figures.value).toBe(1);
  });

  test("has the weeks before the last refresh computed anew, however long ago that was", async () => {
    await aYear();
    await company.db.run("INSERT INTO raw.calls VALUES ('a', '2026-03-04')");
    await completeThrough(company.db, "2026-10-12T00:00Z");
    await refreshed();
    const { figures } = await company.ask({ metric: "own_metric", week: "2026-03-02" });
    expect(figures.value).toBe(1);
  });

  test("that is complete for fewer weeks than before has the last of those computed anew", async () => {
    await aYear();
    await completeThrough(company.db, "2025-08-04T00:00Z");
    await refreshed();
    await company.db.run("INSERT INTO raw.calls VALUES ('a', '2025-07-30')");
    await refreshed();
    const { figures } = await company.ask({ metric: "own_metric", week: "2025-07-28" });
    expect(figures.value).toBe(1);
  });
});

test("a column that is named in quotes changes its weeks as any other does", async () => {
  const open = `SELECT w.a, c.account_id, ts(w.b) - interval '1 second' AS at, 1 AS num, 1 AS n
FROM w JOIN account c ON c."closed_at" IS NULL OR c."closed_at" >= ts(w.b)`;
  company = await askedCompany(aMetric(open, { reads: "[accounts]" }));
  await putRows(company.db, { accounts: [anAccount("a")] });
  await completeThrough(company.db, "2026-04-13T00:00Z");
  await company.refresh();
  await loaded(
    company.db,
    "accounts",
    `account_id,source,channel,segment,region,signed_up_at,closed_at
a,campaign,direct,smb,eu,2026-03-02T09:00Z,2026-03-17T09:00Z
`,
  );
  await completeThrough(company.db, "2026-04-13T00:00Z");
  await company.refresh();
  const { series } = await company.ask({ metric: "own_metric", lastWeeks: 6 });
  expect(series.map(({ value }) => value)).toEqual([1, 1, 0, 0, 0, 0]);
});
