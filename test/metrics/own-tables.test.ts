/** A metric over a table of the company's own, which nothing marks when it changes. */
import { afterEach, expect, test } from "vitest";
import { completeThrough, putRows } from "../support/rows.ts";
import { type AskedCompany, aMetric, anAccount, askedCompany } from "./asked-company.ts";

let company: AskedCompany;
afterEach(() => company.close());

test("its last weeks are computed anew at each refresh, and those of other metrics are not", async () => {
  const calls = `SELECT w.a, c.account_id, c.day AS at, 1 AS num, 1 AS n
FROM w JOIN raw.calls c ON c.day >= w.a AND c.day < w.b`;
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
});
