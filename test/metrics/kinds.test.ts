/** The kinds of metric beyond sums and ratios, each on rows that a person can add up. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { compareNps } from "../../src/metrics/analysis/compare-nps.ts";
import { defaultSettings } from "../../src/metrics/catalogue/index.ts";
import { answerMetric, type MetricQuery } from "../../src/metrics/index.ts";
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

/** From the cells, which must be what the sources say. */
async function asked(query: Partial<MetricQuery> & { metric: string }) {
  const answer = await company.ask(query);
  expect(answer).toEqual(await company.ask(query, true));
  return answer;
}

const paid = (account_id: string, revenue_date: string, net_amount: number) => ({
  account_id,
  revenue_date,
  revenue_kind: "subscription",
  net_amount,
});

describe("the revenue of the year", () => {
  const revenue = {
    accounts: [anAccount("a"), anAccount("b", { region: "us" })],
    revenue_daily: [
      paid("a", "2026-03-04", 1),
      paid("a", "2026-03-12", 20),
      paid("b", "2026-03-31", 300),
      paid("a", "2026-04-01", 4000),
      paid("b", "2026-04-08", 50_000),
    ],
  };

  test("begins anew on the fiscal year's first day, within a week, and counts an account once", async () => {
    company = await askedCompany("", { ...defaultSettings, fiscalYearStarts: 4 });
    await putRows(company.db, revenue);
    await completeThrough(company.db, "2026-04-13");
    await company.refresh();
    const { series, from, previous } = await asked({ metric: "ytd_revenue", lastWeeks: 6 });
    expect(series.map(({ week, value, n }) => [week, value, n])).toEqual([
      ["2026-03-02", 1, 1],
      ["2026-03-09", 21, 1],
      ["2026-03-16", 21, 1],
      ["2026-03-23", 21, 1],
      // 1 April is a Wednesday: the week belongs to the year of its Sunday.
      ["2026-03-30", 4000, 1],
      ["2026-04-06", 54_000, 2],
    ]);
    expect(from).toBe("2026-04-01");
    expect(previous).toMatchObject({ value: 4000 });
    const first = await asked({ metric: "ytd_revenue", week: "2026-03-30", by: "region" });
    expect(first).toMatchObject({ previous: null, change: { absolute: null } });
    expect(first.breakdown?.segments).toMatchObject([{ segment: "eu", value: 4000, n: 1 }]);
  });

  test("follows a late row through all later weeks of the year", async () => {
    company = await askedCompany();
    await putRows(company.db, revenue);
    await completeThrough(company.db, "2026-04-13");
    await company.refresh();
    expect((await asked({ metric: "ytd_revenue" })).figures).toMatchObject({ value: 54_321, n: 2 });
    await putRows(company.db, { revenue_daily: [paid("b", "2026-03-03", 600_000)] });
    await company.db.run("INSERT INTO bot.dirty VALUES ('revenue_daily', '2026-03-03')");
    await company.refresh();
    const late = await asked({ metric: "ytd_revenue", lastWeeks: 6, filters: { region: ["us"] } });
    expect(late.series.map(({ value, n }) => [value, n])).toEqual([
      [600_000, 1],
      [600_000, 1],
      [600_000, 1],
      [600_000, 1],
      [600_300, 1],
      [650_300, 1],
    ]);
  });
});

test("what a metric of the year shares between its widths reaches back to the year's first week", async () => {
  const sql = `SELECT w.a, s.account_id, s.day AS at, s.paid AS num
    FROM w JOIN shared s ON s.day >= w.a AND s.day < w.b`;
  const shared = `SELECT DISTINCT r.account_id, r.revenue_date AS day, r.net_amount AS paid
    FROM w JOIN revenue_daily r ON r.revenue_date >= w.a AND r.revenue_date < w.b`;
  const keys = { aggregation: "year_to_date", n: "accounts", reads: "[accounts, revenue_daily]" };
  company = await askedCompany(aMetric(sql, { ...keys, shared: JSON.stringify(shared) }));
  const revenue_daily = [paid("a", "2026-03-04", 1), paid("a", "2026-03-12", 20)];
  await putRows(company.db, { accounts: [anAccount("a")], revenue_daily });
  await completeThrough(company.db, "2026-03-09");
  await company.refresh();
  await completeThrough(company.db, "2026-03-16");
  await company.refresh();
  const { figures } = await asked({ metric: "own_metric" });
  expect(figures).toMatchObject({ value: 21, n: 1 });
});

describe("what is netted week by week", () => {
  const paying = (account_id: string, from: string, to: string | null, mrr: number) => ({
    account_id,
    line_id: "l",
    valid_from: `${from}T09:00Z`,
    valid_to: to && `${to}T09:00Z`,
    is_primary: true,
    tier: "pro",
    status: "paid",
    mrr,
  });

  test("adds up over a wider window, where the window at once would come to nought", async () => {
    company = await askedCompany();
    await putRows(company.db, {
      tiers: [{ tier: "pro", tier_rank: 1, is_paid: true }],
      accounts: [anAccount("a"), anAccount("b", { region: "us" })],
      subscription_periods: [
        paying("a", "2026-03-02", "2026-03-10", 100),
        paying("a", "2026-03-10", "2026-03-18", 150),
        paying("a", "2026-03-18", null, 100),
        paying("b", "2026-03-18", null, 70),
      ],
    });
    await completeThrough(company.db, "2026-03-23");
    await company.refresh();
    const over = { windowWeeks: 2, lastWeeks: 2 };
    const expansion = await asked({ metric: "expansion_revenue", by: "region", ...over });
    expect(expansion.series.map(({ value, n }) => [value, n])).toEqual([
      [50, 1],
      [50, 1],
    ]);
    expect(expansion.breakdown?.segments).toMatchObject([{ segment: "eu", value: 50, n: 1 }]);
    expect((await asked({ metric: "contraction_mrr", ...over })).figures.value).toBe(50);
    expect((await asked({ metric: "new_mrr", windowWeeks: 3 })).figures).toMatchObject({
      value: 170,
      n: 2,
    });
  });
});

test("an NPS keeps what its test needs: how many answers were for and how many against", async () => {
  company = await askedCompany(
    aMetric(
      `SELECT w.a, s.account_id, s.responded_at AS at, (s.score >= 9)::int AS promoters,
              (s.score <= 6)::int AS detractors, 1 AS n
       FROM w JOIN surveys s ON s.responded_at >= ts(w.a) AND s.responded_at < ts(w.b)`,
      { aggregation: "rerun", test: "nps", denominator: "answers", reads: "[accounts, surveys]" },
    ),
  );
  const answers = (day: string, scores: readonly number[]) =>
    scores.map((score, i) => ({
      account_id: "a",
      response_id: `${day} ${i}`,
      respondent_id: `u${i}`,
      kind: "nps",
      score,
      responded_at: `${day}T09:00Z`,
    }));
  await putRows(company.db, {
    accounts: [anAccount("a")],
    surveys: [
      ...answers("2026-03-04", [10, 9, 8, 7, 0, 3]),
      ...answers("2026-03-11", [10, 9, 9, 7, 8]),
    ],
  });
  await completeThrough(company.db, "2026-03-16");
  await company.refresh();
  const { figures, previous, change } = await asked({ metric: "own_metric", by: "source" });
  expect(figures).toEqual({ value: 60, num: 300, den: 5, n: 5 });
  expect(previous).toMatchObject({ value: 0, num: 0, den: 6, n: 6 });
  const compared = compareNps(
    { promoters: 3, detractors: 0, n: 5 },
    { promoters: 2, detractors: 2, n: 6 },
  );
  expect(change).toMatchObject({ absolute: 60, p: compared.p, interval: compared.interval });
});

describe("an incident of several regions", () => {
  beforeEach(async () => {
    company = await askedCompany();
    const scope = (incident_id: string, region: string, from: string, to: string | null) => ({
      incident_id,
      service: "api",
      region,
      severity: 1,
      is_downtime: true,
      started_at: `2026-03-04T${from}Z`,
      resolved_at: to && `2026-03-04T${to}Z`,
    });
    await putRows(company.db, {
      service_regions: ["eu", "us"].map((region) => ({ service: "api", region })),
      incidents: [
        scope("i", "eu", "10:00", "11:00"),
        scope("i", "us", "10:30", "12:00"),
        scope("j", "eu", "13:00", "13:10"),
        scope("open", "eu", "20:00", null),
      ],
    });
    await completeThrough(company.db, "2026-03-09");
    await company.refresh();
  });

  test("counts once in all, and in each region by its own scopes", async () => {
    const { figures, breakdown } = await asked({ metric: "mttr", by: "region" });
    expect(figures).toEqual({ value: 65, num: 130, den: 2, n: 2 });
    expect(breakdown?.segments).toEqual([
      { segment: "eu", value: 35, num: 70, den: 2, n: 2, lowN: true },
      { segment: "us", value: 90, num: 90, den: 1, n: 1, lowN: true },
    ]);
    const filtered = { metric: "mttr", windowWeeks: 1, filters: { region: ["eu", "us"] } };
    expect((await asked(filtered)).figures).toMatchObject({ num: 130, den: 2 });
    const two = { metric: "mttr", windowWeeks: 1, filters: { region: ["us"], service: ["api"] } };
    expect((await asked(two)).figures).toMatchObject({ num: 90, den: 1 });
  });

  test("is no account's, so it cannot be asked by tenure", async () => {
    const query = { ...blank, metric: "mttr", filters: { tenure: ["1"] } };
    expect(await answerMetric(company, query)).toMatchObject({
      ok: false,
      fault: {
        kind: "unknown_dimension",
        word: "tenure",
        allowed: ["service", "region", "severity"],
      },
    });
  });

  test("that is open counts up to where the data are complete, also in the open week", async () => {
    await company.db.run(
      "UPDATE source.source_watermarks SET complete_through = '2026-03-10T06:00Z'",
    );
    await company.db.run("INSERT INTO bot.dirty VALUES ('incidents', '2026-03-04')");
    await company.refresh();
    const open = await asked({
      metric: "uptime_pct",
      week: "2026-03-09",
      filters: { region: ["eu"] },
    });
    expect(open).toMatchObject({ status: "open", figures: { num: 10_080 - 30 * 60, den: 10_080 } });
  });
});

const blank: MetricQuery = {
  metric: "",
  filters: {},
  by: null,
  week: null,
  cohort: null,
  windowWeeks: null,
  lastWeeks: 1,
  versus: "prev",
};

describe("tenure", () => {
  beforeEach(async () => {
    company = await askedCompany();
    const ticket = (ticket_id: string, created_at: string) => ({
      account_id: "a",
      ticket_id,
      created_at,
    });
    await putRows(company.db, {
      tiers: [{ tier: "pro", tier_rank: 1, is_paid: true }],
      // Signed up on a Wednesday: its second week begins on the next Wednesday.
      accounts: [anAccount("a", { signed_up_at: "2026-03-04T09:00Z" })],
      tickets: [
        ticket("before", "2026-03-03T12:00Z"),
        ticket("first", "2026-03-10T23:00Z"),
        ticket("second", "2026-03-11T00:00Z"),
        ticket("third", "2026-03-18T00:00Z"),
      ],
      subscription_periods: [
        {
          account_id: "a",
          line_id: "l",
          valid_from: "2026-03-04T09:00Z",
          is_primary: true,
          tier: "pro",
          status: "paid",
          mrr: 10,
        },
      ],
    });
    await completeThrough(company.db, "2026-03-23");
    await company.refresh();
  });

  test.each([
    ["1", 1],
    ["2", 1],
    ["1-2", 2],
    ["2-9", 2],
    ["9", 0],
  ])("%s keeps the facts of those weeks since sign-up", async (tenure, tickets) => {
    const query = {
      metric: "support_ticket_volume",
      windowWeeks: 3,
      filters: { tenure: [tenure] },
    };
    expect((await asked(query)).figures.value).toBe(tickets);
    const pro = { ...query, filters: { ...query.filters, tier: ["pro"] } };
    expect((await asked(pro)).figures.value).toBe(tickets);
  });

  test("of a state is read when the state is: mrr at the week's last day", async () => {
    // Sunday 15 March is the twelfth day since Wednesday the fourth: the second week.
    const at = async (...tenure: string[]) =>
      (await asked({ metric: "mrr", week: "2026-03-09", filters: { tenure } })).figures.num;
    expect([await at("1"), await at("2"), await at("1", "3")]).toEqual([0, 10, 0]);
  });

  test("that is no range of weeks is refused, and it is nothing to break down by", async () => {
    for (const tenure of ["0", "3-1", "1-", "new", ""]) {
      const query = { ...blank, metric: "mrr", filters: { tenure: [tenure] } };
      expect(await answerMetric(company, query)).toMatchObject({ fault: { kind: "bad_tenure" } });
    }
    expect(await answerMetric(company, { ...blank, metric: "mrr", by: "tenure" })).toMatchObject({
      fault: { kind: "unknown_dimension", word: "tenure" },
    });
  });
});

describe("a cohort asked for by name", () => {
  /** Core events on these days after the sign-up on Monday 2 March. */
  async function adopting(days: Readonly<Record<string, readonly number[]>>, complete: string) {
    company = await askedCompany();
    const begin = Temporal.PlainDate.from("2026-03-02");
    await putRows(company.db, {
      features: [{ feature_id: "f", category: "core", is_core: true, ga_on: "2020-01-01" }],
      models: [
        {
          model_id: "none",
          capability_rank: 0,
          margin_class: "standard",
          available_from: "2020-01-01",
        },
      ],
      accounts: Object.keys(days).map((id) => anAccount(id)),
      usage_daily: Object.entries(days).flatMap(([account_id, on]) =>
        on.map((day) => ({
          account_id,
          user_id: "u",
          usage_date: begin.add({ days: day }).toString(),
          feature_id: "f",
          event_count: 1,
        })),
      ),
    });
    await completeThrough(company.db, complete);
    await company.refresh();
  }
  const weeks = (count: number): number[] => Array.from({ length: count }, (_, week) => 7 * week);

  test("that is young is a pair: who is there already, and who still can be", async () => {
    // 11 whole weeks, and 2 days of the twelfth: 2 weeks are left.
    await adopting(
      {
        seven: weeks(7),
        six: weeks(6),
        five: weeks(5),
        four: weeks(4),
        running: [...weeks(4), 77],
      },
      "2026-05-20",
    );
    const young = await asked({ metric: "adoption_rate", cohort: "2026-03-02", by: "source" });
    expect(young).toMatchObject({
      status: "maturing",
      week: "2026-06-01",
      cohortWeek: "2026-03-02",
      figures: { value: null, n: 5 },
      // Four and the running week are five, with one week left to come: six.
      maturing: { already: 1, possible: 3, n: 5, elapsedWeeks: 10 },
      previous: null,
      verdict: { word: "not_tested" },
    });
    expect(young.breakdown?.segments).toMatchObject([{ value: null, num: 1, den: 3, n: 5 }]);
  });

  test("sees nothing that happened later", async () => {
    const later = [...weeks(4), 79, 84];
    await adopting({ a: later }, "2026-05-20");
    const { maturing } = await asked({ metric: "adoption_rate", cohort: "2026-03-02" });
    expect(maturing).toMatchObject({ already: 0, possible: 0 });
  });

  test("that had its whole time is final, and the same as its week", async () => {
    await adopting({ seven: weeks(7), six: weeks(6) }, "2026-06-08");
    const named = await asked({ metric: "adoption_rate", cohort: "2026-03-02", windowWeeks: 1 });
    expect(named).toMatchObject({ status: "final", maturing: null, figures: { num: 1, den: 2 } });
    expect(named).toEqual(
      await asked({ metric: "adoption_rate", week: "2026-06-01", windowWeeks: 1 }),
    );
  });

  test("is refused where there is none, and where its week is not over", async () => {
    await adopting({ a: [] }, "2026-03-16");
    const query = { ...blank, metric: "adoption_rate", cohort: "2026-03-16" };
    expect(await answerMetric(company, query)).toMatchObject({
      fault: {
        kind: "week_out_of_range",
        week: "2026-03-16",
        first: "2026-03-02",
        last: "2026-03-09",
      },
    });
    expect(await answerMetric(company, { ...query, metric: "mrr" })).toMatchObject({
      fault: { kind: "no_cohort", metric: "mrr" },
    });
  });

  test("of a duration is told as far as it is known", async () => {
    company = await askedCompany();
    const value = (account: string, first_value_at: string | null) =>
      anAccount(account, { first_value_at });
    await putRows(company.db, {
      accounts: [
        value("a", "2026-03-02T11:00Z"),
        value("b", "2026-03-02T12:00Z"),
        value("c", null),
      ],
    });
    await completeThrough(company.db, "2026-03-16");
    await company.refresh();
    expect(await asked({ metric: "time_to_value", cohort: "2026-03-02" })).toMatchObject({
      status: "maturing",
      figures: { value: 3, den: 3 },
      maturing: null,
    });
  });
});

test("a derived metric says why it has no value, and a part that is missing is empty", async () => {
  company = await askedCompany();
  await putRows(company.db, {
    accounts: [anAccount("a")],
    revenue_daily: [paid("a", "2026-03-10", 5)],
  });
  await completeThrough(company.db, "2026-03-23");
  await company.refresh();
  const grown = await asked({ metric: "weekly_growth_rate", week: "2026-03-09", by: "region" });
  expect(grown).toMatchObject({ figures: { value: null, num: 5, den: 0 }, flags: ["no_revenue"] });
  expect(await asked({ metric: "weekly_growth_rate", by: "region" })).toMatchObject({
    status: "final",
    figures: { value: -1, num: -5, den: 5, n: null },
    breakdown: { segments: [{ segment: "eu", value: -1 }] },
  });
});

test("what has to be said of a part is said of what is made of it", async () => {
  company = await askedCompany();
  const paying = (account_id: string) => ({
    account_id,
    line_id: "l",
    valid_from: "2026-03-02T09:00Z",
    is_primary: true,
    tier: "pro",
    status: "paid",
    mrr: 100,
  });
  await putRows(company.db, {
    tiers: [{ tier: "pro", tier_rank: 1, is_paid: true }],
    channels: [{ channel: "direct", is_organic: true }],
    campaigns: [{ campaign_id: "none", kind: "other", channel: "direct" }],
    accounts: [anAccount("a"), anAccount("b", { first_paid_at: "2026-05-04T09:00Z" })],
    subscription_periods: [paying("a")],
    // Without its cost, so that the lifetime value counts revenue in full.
    revenue_daily: [paid("a", "2026-06-03", 100)],
    marketing_daily: [{ day: "2026-06-03", channel: "direct", marketing_spend: 300 }],
  });
  await completeThrough(company.db, "2026-06-15");
  await company.refresh();
  const { figures, flags } = await asked({ metric: "ltv_cac_ratio", windowWeeks: 13 });
  // 60 months at most of 100, for 300 spent on one new customer.
  expect(figures).toMatchObject({ value: 20, num: 6000, den: 300, n: 1 });
  expect(flags).toContain("revenue_basis");
});

test("usage retention adds up what the setting says", async () => {
  company = await askedCompany();
  const used = (usage_date: string, api_calls: number, tokens: number) => ({
    account_id: "a",
    user_id: "u",
    usage_date,
    feature_id: "f",
    event_count: 1,
    api_calls,
    tokens,
  });
  await putRows(company.db, {
    features: [{ feature_id: "f", category: "core", is_core: true, ga_on: "2020-01-01" }],
    accounts: [anAccount("a")],
    usage_daily: [used("2026-03-04", 10, 0), used("2026-06-10", 5, 100)],
  });
  await completeThrough(company.db, "2026-06-29");
  const calls = await underSettings(company, { ...defaultSettings, usageMeasure: "api_calls" });
  await calls.refresh();
  const query = { metric: "usage_retention_rate", week: "2026-06-22", windowWeeks: 13 };
  expect((await calls.ask(query)).figures).toMatchObject({ value: 0.5, num: 5, den: 10, n: 1 });
  expect((await company.ask(query)).figures).toMatchObject({ value: null, n: 0 });
});

test("ARR is contracted, or where the setting says so the run rate of four weeks", async () => {
  company = await askedCompany();
  const once = { ...paid("a", "2026-03-04", 999), revenue_kind: "one_time" };
  await putRows(company.db, {
    accounts: [anAccount("a")],
    revenue_daily: [paid("a", "2026-03-03", 7), once, paid("a", "2026-03-29", 3)],
  });
  await completeThrough(company.db, "2026-04-06");
  const metered = await underSettings(company, { ...defaultSettings, arrBasis: "run_rate" });
  await metered.refresh();
  const { series } = await metered.ask({ metric: "arr", lastWeeks: 2 });
  expect(series.map(({ value, n }) => [value, n])).toEqual([
    [13 * 10, 1],
    [13 * 3, 1],
  ]);
  await expect(company.ask({ metric: "arr" })).rejects.toThrow("subscription_periods.mrr");
});

describe("a value that was told and has moved since", () => {
  const late = async (net_amount: number) => {
    await putRows(company.db, { revenue_daily: [paid("b", "2026-03-03", net_amount)] });
    await company.db.run("INSERT INTO bot.dirty VALUES ('revenue_daily', '2026-03-03')");
    await company.refresh();
  };
  beforeEach(async () => {
    company = await askedCompany();
    await putRows(company.db, {
      accounts: [anAccount("a"), anAccount("b")],
      revenue_daily: [paid("a", "2026-03-04", 1000), paid("a", "2026-03-12", 1000)],
    });
    await completeThrough(company.db, "2026-03-23");
    await company.refresh();
  });

  test("is restated in what grows from it, too", async () => {
    const target = {
      target_id: "y",
      metric_id: "ytd_revenue",
      target_type: "cumulative_by_date",
      value: 9000,
      period_start: "2026-01-01",
      period_end: "2026-12-31",
      baseline_week: "2026-03-02",
    };
    await putRows(company.db, { targets: [target] });
    await late(600);
    for (const metric of ["cwgr", "catch_up_cwgr"])
      expect((await asked({ metric, week: "2026-03-09" })).flags).toEqual(["restated"]);
  });

  test("by more than a two-hundredth of itself is restated, by less it is not", async () => {
    const flags = async (metric: string, week: string) => (await asked({ metric, week })).flags;
    await late(5);
    expect(await flags("weekly_revenue", "2026-03-02")).toEqual([]);
    await company.db.run("DELETE FROM source.revenue_daily WHERE account_id = 'b'");
    await late(6);
    expect(await flags("weekly_revenue", "2026-03-02")).toEqual(["restated"]);
    expect(await flags("weekly_revenue", "2026-03-09")).toEqual([]);
    // What is made of it moved, too: the growth of the next week was 0.
    expect(await flags("weekly_growth_rate", "2026-03-09")).toEqual(["restated"]);
  });

  test("is compared with what was told first, however often it is renewed", async () => {
    await late(100);
    await company.refresh({ full: true });
    await company.db.run("DELETE FROM source.revenue_daily WHERE account_id = 'b'");
    await company.db.run("INSERT INTO bot.dirty VALUES ('revenue_daily', '2026-03-03')");
    await company.refresh();
    expect((await asked({ metric: "weekly_revenue", week: "2026-03-02" })).flags).toEqual([]);
  });

  test("is told of a total only: of a segment nothing is kept", async () => {
    await late(500);
    const filters = { region: ["eu"] };
    expect((await asked({ metric: "weekly_revenue", week: "2026-03-02", filters })).flags).toEqual(
      [],
    );
  });
});
