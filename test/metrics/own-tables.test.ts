/** A metric over a table of the company's own, which nothing marks when it changes. */
import { afterEach, expect, test } from "vitest";
import { loaded } from "../ingest/importing.ts";
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
