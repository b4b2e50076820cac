import { afterEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { defaultSettings } from "../../src/metrics/catalogue/index.ts";
import { sourceState } from "../../src/metrics/index.ts";
import { waitingForLocks } from "../support/locks.ts";
import { completeThrough, putRows } from "../support/rows.ts";
import {
  type AskedCompany,
  aMetric,
  anAccount,
  askedCompany,
  underSettings,
} from "./asked-company.ts";

let company: AskedCompany;
afterEach(() => company.close());

const pro = { tier: "pro", tier_rank: 1, is_paid: true };
const plan = {
  account_id: "a",
  line_id: "main",
  valid_from: "2026-03-02T09:00Z",
  is_primary: true,
  tier: "pro",
  status: "paid",
  mrr: 10,
};
const core = { feature_id: "f", category: "core", is_core: true, ga_on: "2025-01-01" };
const use = (usage_date: string, account_id = "a", event_count = 1) => ({
  account_id,
  user_id: "u",
  usage_date,
  feature_id: "f",
  event_count,
});
const revenue = (revenue_date: string, net_amount: number) => ({
  account_id: "a",
  revenue_date,
  revenue_kind: "usage",
  net_amount,
});
const ticket = (ticket_id: string, created_at: string, account_id = "a") => ({
  account_id,
  ticket_id,
  created_at,
});
const tickets = `SELECT w.a, t.account_id, t.created_at AS at, 1 AS num, 1 AS n
FROM w JOIN tickets t ON t.created_at >= ts(w.a) AND t.created_at < ts(w.b)`;

async function mark(table: string, day: string): Promise<void> {
  await company.db.run("INSERT INTO bot.dirty VALUES ($1, $2) ON CONFLICT DO NOTHING", [
    table,
    day,
  ]);
}

describe("a refresh", () => {
  test("decides what is final: what was imported since is not told as an empty week", async () => {
    company = await askedCompany();
    await putRows(company.db, {
      features: [core],
      accounts: [anAccount("a")],
      usage_daily: [use("2026-04-08")],
    });
    await completeThrough(company.db, "2026-04-13T00:00Z");
    await company.refresh();
    await putRows(company.db, { usage_daily: [use("2026-04-15")] });
    await mark("usage_daily", "2026-04-15");
    await completeThrough(company.db, "2026-04-20T00:00Z");
    const before = await company.ask({ metric: "active_accounts" });
    expect(before).toMatchObject({ week: "2026-04-06", figures: { value: 1 } });
    const exact = await company.ask({ metric: "active_accounts" }, true);
    expect(exact).toMatchObject({ week: "2026-04-13", figures: { value: 1 } });
    await company.refresh();
    const after = await company.ask({ metric: "active_accounts" });
    expect(after).toMatchObject({ week: "2026-04-13", figures: { value: 1 } });
  });

  test("renews the days of the facts when the time zone changes", async () => {
    company = await askedCompany();
    // A Monday in UTC, and the Sunday before in New York.
    await putRows(company.db, {
      accounts: [
        anAccount("a", { signed_up_at: "2026-03-02T09:00Z" }),
        anAccount("b", { signed_up_at: "2026-04-06T02:00Z" }),
      ],
    });
    await completeThrough(company.db, "2026-04-20T12:00Z");
    await company.refresh();
    const query = { metric: "weekly_sign_ups", week: "2026-03-30" };
    expect((await company.ask(query)).figures.value).toBe(0);
    const there = await underSettings(company, {
      ...defaultSettings,
      timeZone: "America/New_York",
    });
    await there.refresh();
    expect((await there.ask(query)).figures.value).toBe(1);
  });

  test("is told to be missing when the time zone changed, and not as a metric without a test", async () => {
    company = await askedCompany();
    await putRows(company.db, { accounts: [anAccount("a")] });
    await completeThrough(company.db, "2026-04-20T12:00Z");
    await company.refresh();
    const query = { metric: "weekly_sign_ups" };
    const now = Temporal.Instant.from("2026-04-20T12:00Z");
    expect((await company.ask(query)).flags).not.toContain("unjudged");
    expect((await sourceState(company, now)).unjudged).toEqual([]);
    const there = await underSettings(company, { ...defaultSettings, timeZone: "Europe/Berlin" });
    expect((await there.ask(query)).flags).toContain("unjudged");
    expect((await sourceState(there, now)).unjudged).toContain("weekly_sign_ups");
    await there.refresh();
    expect((await there.ask(query)).flags).not.toContain("unjudged");
    expect((await sourceState(there, now)).unjudged).toEqual([]);
  });

  test("renews the weeks in which a feature was used that now counts as core", async () => {
    company = await askedCompany();
    await putRows(company.db, {
      features: [{ ...core, is_core: false }],
      accounts: [anAccount("a")],
      usage_daily: [use("2026-04-08")],
    });
    await completeThrough(company.db, "2026-04-20T00:00Z");
    await company.refresh();
    await company.db.run("UPDATE source.features SET is_core = true");
    await company.refresh();
    const query = { metric: "active_accounts", week: "2026-04-06" };
    expect((await company.ask(query)).figures.value).toBe(1);
  });

  test("renews what an account did before it signed up, once the account is known", async () => {
    company = await askedCompany();
    await putRows(company.db, {
      accounts: [anAccount("b")],
      revenue_daily: [revenue("2026-03-18", 50)],
    });
    await completeThrough(company.db, "2026-04-20T00:00Z");
    await company.refresh();
    await putRows(company.db, {
      accounts: [anAccount("a", { signed_up_at: "2026-04-08T00:00Z" })],
    });
    await mark("accounts", "2026-04-08");
    await company.refresh();
    const query = { metric: "weekly_revenue", week: "2026-03-16" };
    expect((await company.ask(query)).figures.value).toBe(50);
  });

  test("renews all later weeks of a metric that looks back on everything", async () => {
    const sql = `SELECT w.a, f.account_id, 1 AS num, 1 AS n
FROM w JOIN (SELECT account_id, min(created_at) AS first FROM tickets GROUP BY 1) f
  ON f.first >= ts(w.a) AND f.first < ts(w.b)`;
    company = await askedCompany(aMetric(sql, { tier: "week_end", lookback: "all" }));
    await putRows(company.db, {
      accounts: [anAccount("a")],
      tickets: [ticket("t1", "2026-04-08T10:00Z")],
    });
    await completeThrough(company.db, "2026-04-20T00:00Z");
    await company.refresh();
    await putRows(company.db, { tickets: [ticket("t0", "2026-03-11T10:00Z")] });
    await mark("tickets", "2026-03-11");
    await company.refresh();
    const { series } = await company.ask({ metric: "own_metric", lastWeeks: 7 });
    expect(series.map((point) => point.value)).toEqual([0, 1, 0, 0, 0, 0, 0]);
  });

  test("leaves the cells alone that a plan which ends today does not touch", async () => {
    company = await askedCompany();
    await putRows(company.db, { tiers: [pro], accounts: [anAccount("a")], features: [core] });
    await putRows(company.db, { subscription_periods: [plan] });
    await completeThrough(company.db, "2026-04-20T00:00Z");
    await company.refresh();
    // A number that only a cell which stands can tell.
    await company.db.run("UPDATE bot.cell SET num = '{99}' WHERE metric = 'active_accounts'");
    await company.db.run("UPDATE source.subscription_periods SET valid_to = '2026-04-15T10:00Z'");
    await mark("subscription_periods", "2026-04-15");
    await mark("subscription_periods", "2026-03-02");
    await company.refresh();
    const valuesOf = async (metric: string) =>
      (await company.ask({ metric, lastWeeks: 3 })).series.map((point) => point.value);
    expect(await valuesOf("mrr")).toEqual([10, 10, 0]);
    expect(await valuesOf("active_accounts")).toEqual([99, 99, 0]);
  });

  test("leaves the weeks alone before an account pays or closes, also where it is known for long", async () => {
    company = await askedCompany();
    const rows = [revenue("2026-03-18", 50), revenue("2026-04-15", 50)];
    await putRows(company.db, { accounts: [anAccount("a"), anAccount("b")], revenue_daily: rows });
    await completeThrough(company.db, "2026-04-20T00:00Z");
    await company.refresh();
    // A number that only a cell which stands can tell.
    await company.db.run("UPDATE bot.cell SET num = '{99}' WHERE dimension_set = ''");
    await company.db.run(
      "UPDATE source.accounts SET closed_at = '2026-04-16T10:00Z' WHERE account_id = 'b'",
    );
    await company.db.run(
      "UPDATE source.accounts SET first_paid_at = '2025-12-01T10:00Z' WHERE account_id = 'a'",
    );
    await mark("accounts", "2026-04-16");
    await company.refresh();
    const valuesOf = async (metric: string, by: string | null = null) =>
      (await company.ask({ metric, by, lastWeeks: 3 })).series.map((point) => point.value);
    expect(await valuesOf("weekly_sign_ups")).toEqual([99, 99, 99]);
    expect(await valuesOf("weekly_revenue")).toEqual([0, 0, 50]);
    const kinds = await company.ask({ metric: "weekly_revenue", by: "revenue_type" });
    expect(kinds.breakdown?.segments).toMatchObject([{ segment: "existing", value: 50 }]);
  });

  test("renews of late usage only the accounts and days that it is of", async () => {
    company = await askedCompany();
    await putRows(company.db, {
      features: [core],
      accounts: [anAccount("a"), anAccount("b")],
      usage_daily: [use("2026-04-08", "a"), use("2026-04-08", "b")],
    });
    await completeThrough(company.db, "2026-04-13T00:00Z");
    await company.refresh();
    await company.db.run("UPDATE facts.usage_day SET events = 99");
    await company.db.run("UPDATE source.usage_daily SET event_count = 5 WHERE account_id = 'a'");
    await company.db.run("INSERT INTO bot.dirty VALUES ('usage_daily', '2026-04-08', true, '{a}')");
    await company.refresh();
    const days = await company.db.rows(
      z.object({ account_id: z.string(), events: z.coerce.number() }),
      "SELECT account_id, events FROM facts.usage_day ORDER BY 1",
    );
    expect(days).toEqual([
      { account_id: "a", events: 5 },
      { account_id: "b", events: 99 },
    ]);
  });

  test("is not held up by a metric whose SQL fails, and tells it", async () => {
    company = await askedCompany(aMetric("SELECT nonsense FROM w"));
    await putRows(company.db, { accounts: [anAccount("a")] });
    await completeThrough(company.db, "2026-04-20T00:00Z");
    const report = await company.refresh();
    expect(report.failed).toMatchObject([
      { metric: "own_metric", reason: expect.stringContaining("nonsense") },
    ]);
    const { verdict } = await company.ask({ metric: "weekly_sign_ups" });
    expect(verdict.word).toBe("too_few_weeks");
  });

  test("computes and judges first what is waited for, and leaves the rest to the next", async () => {
    company = await askedCompany(aMetric(tickets));
    await putRows(company.db, {
      accounts: [anAccount("a")],
      features: [core],
      tickets: [ticket("t1", "2026-04-08T10:00Z")],
    });
    await completeThrough(company.db, "2026-04-20T00:00Z");
    const waited = { first: ["weekly_sign_ups"], onlyFirst: true };
    const wordOf = async (metric: string) => (await company.ask({ metric })).verdict.word;
    const early = await company.refresh(waited);
    expect(early.left).toContain("own_metric");
    expect(early.left).not.toContain("active_accounts");
    expect(await wordOf("active_accounts")).toBe("too_few_weeks");
    expect((await company.ask({ metric: "own_metric" })).flags).toContain("unjudged");
    const rest = await company.refresh({ first: waited.first });
    expect(rest.left).toEqual([]);
    expect(await wordOf("own_metric")).toBe("too_few_weeks");
  });

  test("that is stopped tells what it left, and the next goes on from there", async () => {
    company = await askedCompany();
    await putRows(company.db, { accounts: [anAccount("a")] });
    await completeThrough(company.db, "2026-04-20T00:00Z");
    const stopping = new AbortController();
    const seen: string[] = [];
    const stopped = await company.refresh({
      stopping: stopping.signal,
      onProgress: ({ metric }) => {
        seen.push(metric);
        stopping.abort();
      },
    });
    expect(stopped.left).toHaveLength(company.catalogue.metrics.length);
    const weeks = new Map<string, number>();
    const whole = await company.refresh({
      onProgress: (done) => weeks.set(done.metric, done.weeks),
    });
    expect(whole.left).toEqual([]);
    expect(seen.map((metric) => weeks.get(metric))).toEqual(seen.map(() => 0));
    const ofWeeks = [...weeks.keys()].filter((name) => !name.endsWith(" by months"));
    expect(ofWeeks).toHaveLength(company.catalogue.computed.length);
  });

  test("keeps cells of a dimension with more values than a small number counts", async () => {
    company = await askedCompany();
    await putRows(company.db, { accounts: [anAccount("a")] });
    await company.db.run(`INSERT INTO source.accounts (account_id, source, channel, campaign_id, segment, region, signed_up_at)
      SELECT 'c' || i, 'campaign', 'direct', 'campaign ' || i, 'smb', 'eu', '2026-04-07T09:00Z' FROM generate_series(1, 33000) i`);
    await completeThrough(company.db, "2026-04-20T00:00Z");
    await company.refresh();
    const filters = { campaign: ["campaign 7", "campaign 32999"], segment: ["smb"] };
    const query = { metric: "weekly_sign_ups", week: "2026-04-06", filters };
    expect((await company.ask(query)).figures.value).toBe(2);
  });
});

describe("two refreshes at once", () => {
  /** Holds whoever gives out codes, that is after the unit rows were read and before cells are written. */
  async function whileCodesAreHeld(work: () => Promise<void>): Promise<void> {
    await company.db.transaction(async (sql) => {
      await sql.run("LOCK TABLE bot.dimension_code IN ACCESS EXCLUSIVE MODE");
      await work();
    });
  }

  test("leave no cells of facts that were renewed meanwhile", async () => {
    company = await askedCompany();
    await putRows(company.db, {
      features: [core],
      accounts: [anAccount("a"), anAccount("b")],
      usage_daily: [use("2026-04-08")],
    });
    await completeThrough(company.db, "2026-04-13T00:00Z");
    const other = await underSettings(company, defaultSettings);
    const runs: Promise<unknown>[] = [];
    const slow = { first: ["active_accounts"] };
    await whileCodesAreHeld(async () => {
      runs.push(company.refresh(slow));
      await waitingForLocks(company.db, 1);
      await putRows(company.db, { usage_daily: [use("2026-04-08", "b")] });
      await mark("usage_daily", "2026-04-08");
      runs.push(other.refresh(slow));
      await waitingForLocks(company.db, 2);
    });
    await Promise.all(runs);
    const query = { metric: "active_accounts", week: "2026-04-06" };
    expect((await company.ask(query)).figures.value).toBe(2);
  });

  test("do not take cells from under a question that is being answered", async () => {
    company = await askedCompany();
    await putRows(company.db, { accounts: [anAccount("a")] });
    await completeThrough(company.db, "2026-04-20T00:00Z");
    await company.refresh();
    const query = { metric: "weekly_sign_ups", week: "2026-03-02", by: "segment" };
    const answers: ReturnType<AskedCompany["ask"]>[] = [];
    await whileCodesAreHeld(async () => {
      answers.push(company.ask(query));
      await waitingForLocks(company.db, 1);
      await company.db.run("DELETE FROM bot.cell");
    });
    const [answer] = await Promise.all(answers);
    expect(answer?.breakdown?.segments).toMatchObject([{ segment: "smb", value: 1 }]);
  });
});

describe("cells", () => {
  test("count an account once that stands on two primary lines", async () => {
    company = await askedCompany();
    await putRows(company.db, {
      tiers: [pro, { tier: "free", tier_rank: 0, is_paid: false }],
      features: [core],
      accounts: [anAccount("a")],
      subscription_periods: [
        plan,
        { ...plan, line_id: "second", tier: "free", valid_from: "2026-03-09T00:00Z" },
      ],
      usage_daily: [use("2026-04-08")],
    });
    await completeThrough(company.db, "2026-04-13T00:00Z");
    await company.refresh();
    const answer = await company.ask({ metric: "active_accounts", by: "tier" });
    expect(answer.figures.value).toBe(1);
    expect(answer.breakdown?.segments).toMatchObject([{ segment: "free", value: 1 }]);
  });

  test("of a day with more events taken back than made still say that the account was active", async () => {
    company = await askedCompany();
    await putRows(company.db, {
      features: [core],
      accounts: [anAccount("a")],
      usage_daily: [use("2026-04-08"), { ...use("2026-04-08", "a", -3), user_id: "v" }],
    });
    await completeThrough(company.db, "2026-04-13T00:00Z");
    await company.refresh();
    expect((await company.ask({ metric: "active_accounts" })).figures.value).toBe(1);
  });

  test("do not hide what happened before the first sign-up from a wider window", async () => {
    company = await askedCompany(aMetric(tickets));
    await putRows(company.db, {
      accounts: [anAccount("a")],
      tickets: [ticket("t1", "2026-02-24T00:00Z"), ticket("t2", "2026-03-03T00:00Z")],
    });
    await completeThrough(company.db, "2026-03-16T00:00Z");
    await company.refresh();
    const query = { metric: "own_metric", week: "2026-03-02", windowWeeks: 4 };
    expect((await company.ask(query)).figures).toEqual((await company.ask(query, true)).figures);
  });

  test("of metrics of every shape equal their sources", async () => {
    const own = [
      aMetric(tickets, { id: "no_dimension", dimensions: "[]" }),
      aMetric(`${tickets} -- as opened: all`, { id: "one_dimension", dimensions: "[region]" }),
      aMetric(tickets.replace(/1 AS n$/m, `1 AS n, t.ticket_id AS "order", 'x:y' AS "select"`), {
        id: "keywords",
        dimensions: "[order, select, tier]",
        n: "accounts",
      }),
      aMetric(
        `SELECT w.a, m.sessions AS num, m.sessions AS n, m.channel
FROM w JOIN marketing_daily m ON m.day >= w.a AND m.day < w.b`,
        { id: "platform", dimensions: "[channel]", tier: "none", reads: "[marketing_daily]" },
      ),
    ].join("");
    company = await askedCompany(own);
    await putRows(company.db, {
      channels: ["direct", "paid"].map((channel) => ({ channel, is_organic: false })),
      campaigns: [{ campaign_id: "none", kind: "other", channel: "direct" }],
      marketing_daily: ["direct", "paid"].map((channel) => ({
        day: "2026-04-08",
        channel,
        sessions: 3,
      })),
      accounts: [anAccount("a"), anAccount("b", { region: "us" })],
      tickets: [
        ticket("t1", "2026-03-31T10:00Z"),
        ticket("t2", "2026-04-08T10:00Z"),
        ticket("t3", "2026-04-09T10:00Z", "b"),
      ],
    });
    await completeThrough(company.db, "2026-04-13T00:00Z");
    expect((await company.refresh()).failed).toEqual([]);
    for (const metric of ["no_dimension", "one_dimension", "keywords", "platform"]) {
      const dimensions = company.catalogue.get(metric)?.dimensions ?? [];
      for (const by of [null, ...dimensions]) {
        const query = { metric, by, windowWeeks: 2, lastWeeks: 3 };
        const [cells, exact] = [await company.ask(query), await company.ask(query, true)];
        expect({ ...cells, verdict: null }).toEqual({ ...exact, verdict: null });
        expect(cells.figures.value).toBeGreaterThan(0);
      }
    }
  });
});
