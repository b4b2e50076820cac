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

/** A file of one account: its id, when it signed up, and one column more. */
function accountsCsv(column: string, line: string): string {
  return `account_id,signed_up_at,${column},source,channel,segment,region\n${line},organic,direct,smb,eu\n`;
}

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

test("what SQL shouts makes weeks stale like what it says", async () => {
  const open = `SELECT w.a, c.account_id, ts(w.b) - interval '1 second' AS at, 1 AS num, 1 AS n
FROM w JOIN ACCOUNT c ON c.SIGNED_UP_AT < ts(w.b) AND (c.CLOSED_AT IS NULL OR c.CLOSED_AT >= ts(w.b))`;
  company = await askedCompany(aMetric(open, { reads: "[accounts]" }));
  const closed = (at: string) => accountsCsv("closed_at", `a,2026-01-05T09:00Z,${at}`);
  await loaded(company.db, "accounts", closed(""));
  expect(await weekly()).toEqual([1, 1, 1, 1, 1]);
  await loaded(company.db, "accounts", closed("2026-03-17T09:00Z"));
  expect(await weekly()).toEqual([1, 1, 0, 0, 0]);
});

test("internal accounts count where a platform metric reads the table itself", async () => {
  const signUps = `SELECT w.a, 1 AS num, 1 AS n
FROM w JOIN accounts c ON c.signed_up_at >= ts(w.a) AND c.signed_up_at < ts(w.b)`;
  company = await askedCompany(
    aMetric(signUps, { reads: "[accounts]", tier: "none", dimensions: "[]" }),
  );
  const signedUp = (line: string) => accountsCsv("is_internal", line);
  await loaded(company.db, "accounts", signedUp("a,2026-03-04T09:00Z,false"));
  expect(await weekly()).toEqual([1, 0, 0, 0, 0]);
  await loaded(company.db, "accounts", signedUp("i,2026-03-17T09:00Z,true"));
  expect(await weekly()).toEqual([1, 0, 1, 0, 0]);
});

test("a campaign that an account is told of late makes no week stale of what only has a column called so", async () => {
  const visits = `SELECT w.a, m.day AS at, m.sessions AS num, 1 AS n
FROM w JOIN marketing_daily m ON m.day >= w.a AND m.day < w.b AND m.campaign_id IS NOT NULL`;
  company = await askedCompany(
    aMetric(visits, { reads: "[marketing_daily]", tier: "none", dimensions: "[]" }),
  );
  const campaigns = ["autumn", "spring"].map((campaign_id) => ({
    ...{ campaign_id, kind: "paid", channel: "paid" },
  }));
  const visited = { day: "2026-03-04", channel: "paid", campaign_id: "autumn", sessions: 3 };
  const channels = [{ channel: "paid", is_organic: false }];
  await putRows(company.db, { channels, campaigns, marketing_daily: [visited] });
  const campaign = (id: string) => accountsCsv("campaign_id", `a,2026-01-05T09:00Z,${id}`);
  await loaded(company.db, "accounts", campaign("autumn"));
  expect(await weekly()).toEqual([3, 0, 0, 0, 0]);
  await loaded(company.db, "accounts", campaign("spring"));
  const computed = new Map<string, number>();
  await company.refresh({ onProgress: ({ metric, weeks }) => computed.set(metric, weeks) });
  expect(computed.get("own_metric")).toBe(0);
});

test("days that exports write for none at all, and rows that never come, stop no refresh", async () => {
  const due = `SELECT w.a, r.account_id, ts(w.b) - interval '1 second' AS at, 1 AS num, 1 AS n
FROM w JOIN renewals r ON r.due_on >= w.b AND r.due_on < w.b + 14`;
  company = await askedCompany(
    aMetric(due, { reads: "[accounts, renewals]", lookahead: "2", aggregation: "sum" }),
  );
  await putRows(company.db, { tiers: [{ tier: "pro", tier_rank: 1, is_paid: true }] });
  const account = (segment: string): string =>
    `account_id,signed_up_at,source,channel,segment,region\na,2026-03-02T09:00Z,organic,direct,${segment},eu\n`;
  await loaded(company.db, "accounts", account("smb"));
  expect(await weekly()).toEqual([0, 0, 0, 0, 0]);
  await loaded(
    company.db,
    "renewals",
    "account_id,renewal_id,due_on,mrr_due\na,none,0001-01-01,10\na,r,2026-04-08,10\n",
  );
  await loaded(
    company.db,
    "subscription_periods",
    "account_id,line_id,valid_from,is_primary,tier,status,mrr\na,l,0001-01-01T00:00Z,true,pro,paid,1\n",
  );
  expect(await weekly()).toEqual([0, 0, 0, 1, 1]);
  // As a view may hold it.
  await company.db.run("UPDATE source.renewals SET due_on = 'infinity' WHERE renewal_id = 'none'");
  await loaded(company.db, "accounts", account("enterprise"));
  expect(await weekly()).toEqual([0, 0, 0, 1, 1]);
});
