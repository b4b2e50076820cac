/** What a row says of all later days is other from there on, whatever else of it changed at the same time. */
import { afterEach, expect, test } from "vitest";
import { loaded } from "../ingest/importing.ts";
import { completeThrough, putRows } from "../support/rows.ts";
import { type AskedCompany, aMetric, anAccount, askedCompany } from "./asked-company.ts";

let company: AskedCompany;
afterEach(() => company.close());

const sellers = `SELECT w.a, u.account_id, ts(w.b) - interval '1 second' AS at, 1 AS num, 1 AS n
FROM w JOIN users u ON u.created_at < ts(w.b) AND (u.deactivated_at IS NULL OR u.deactivated_at >= ts(w.b))
WHERE u.team_id = 'sales'`;
const user = (team: string, gone: string) =>
  `account_id,user_id,team_id,created_at,deactivated_at\na,ann,${team},2026-03-02T09:00Z,${gone}\n`;

async function weekly(): Promise<(number | null)[]> {
  await completeThrough(company.db, "2026-04-06T00:00Z");
  await company.refresh();
  const query = { metric: "own_metric", lastWeeks: 5 };
  const { series } = await company.ask(query);
  expect(series).toEqual((await company.ask(query, true)).series);
  return series.map(({ value }) => value);
}

test("a user who leaves, and is told to have been of another team, counts in no week of the first", async () => {
  company = await askedCompany(aMetric(sellers, { reads: "[accounts, users]" }));
  await putRows(company.db, { accounts: [anAccount("a")] });
  await loaded(company.db, "users", user("sales", ""));
  expect(await weekly()).toEqual([1, 1, 1, 1, 1]);
  await loaded(company.db, "users", user("support", "2026-03-25T09:00Z"));
  expect(await weekly()).toEqual([0, 0, 0, 0, 0]);
  await loaded(company.db, "users", user("sales", "2026-03-17T09:00Z"));
  expect(await weekly()).toEqual([1, 1, 0, 0, 0]);
});

test("a month that looks ahead goes with what comes after it", async () => {
  const due = `SELECT w.a, r.account_id, ts(w.b) - interval '1 second' AS at, 1 AS num, 1 AS n
FROM w JOIN renewals r ON r.due_on >= w.b AND r.due_on < w.b + 14`;
  company = await askedCompany(
    aMetric(due, { reads: "[accounts, renewals]", lookahead: "2", aggregation: "sum" }),
  );
  await putRows(company.db, { accounts: [anAccount("a"), anAccount("b")] });
  const renewal = (account: string): string =>
    `account_id,renewal_id,due_on,mrr_due\n${account},r,2026-04-08,10\n`;
  const march = async (): Promise<number | null> => {
    await completeThrough(company.db, "2026-05-04T00:00Z");
    await company.refresh();
    const query = { metric: "own_metric", week: "2026-03-01", grain: { unit: "month" } } as const;
    return (await company.ask(query)).figures.value;
  };
  await loaded(company.db, "renewals", renewal("a"));
  expect(await march()).toBe(1);
  await loaded(company.db, "renewals", renewal("b"));
  expect(await march()).toBe(2);
});
