/** What the engine tells of a sensitive metric under a discretion, against a model that only adds up. */
import fc from "fast-check";
import { afterEach, describe, expect, test } from "vitest";
import {
  type Answer,
  answerMetric,
  backtestMetric,
  type MetricQuery,
} from "../../src/metrics/index.ts";
import { minimumCohort } from "../../src/policy/index.ts";
import {
  aCompany,
  everyDimension,
  everyQuestion,
  type Paid,
  paidUnder,
  tableOf,
} from "../policy/counted-company.ts";
import { completeThrough, putRows } from "../support/rows.ts";
import { type AskedCompany, aMetric, anAccount, askedCompany } from "./asked-company.ts";

const WEEK = "2026-03-09";
const WEEK_BEFORE = "2026-03-02";

let company: AskedCompany | null = null;
afterEach(async () => {
  await company?.close();
  company = null;
});

/** Accounts by tier and region, and what each paid on some day, a row a payment. */
interface Payment {
  account: string;
  day: string;
  kind?: string;
  amount: number;
}

async function companyWith(
  accounts: readonly { id: string; tier: string; region: string }[],
  payments: readonly Payment[],
): Promise<AskedCompany> {
  company = await askedCompany();
  await putRows(company.db, {
    tiers: ["free", "pro", "team"].map((tier, i) => ({ tier, tier_rank: i, is_paid: i > 0 })),
    accounts: accounts.map(({ id, region }) =>
      anAccount(id, { region, signed_up_at: "2025-12-01T09:00Z" }),
    ),
    subscription_periods: accounts.map(({ id, tier }) => ({
      account_id: id,
      line_id: "main",
      valid_from: "2025-12-01T09:00Z",
      is_primary: true,
      tier,
      status: "paid",
      mrr: 100,
    })),
    revenue_daily: payments.map(({ account, day, kind = "usage", amount }) => ({
      account_id: account,
      revenue_date: day,
      revenue_kind: kind,
      net_amount: amount,
    })),
  });
  await completeThrough(company.db, "2026-03-16T00:00Z");
  await company.refresh();
  return company;
}

/** `count` accounts of a tier and region, each of which paid 100 and its number in both weeks. */
function some(count: number, tier: string, region = "eu") {
  const ids = Array.from({ length: count }, (_, i) => `${tier}-${region}-${i}`);
  return {
    accounts: ids.map((id) => ({ id, tier, region })),
    payments: ids.flatMap((account, i) =>
      [WEEK_BEFORE, WEEK].map((day) => ({ account, day, amount: 100 + i })),
    ),
  };
}

function together(...groups: ReturnType<typeof some>[]) {
  return companyWith(
    groups.flatMap(({ accounts }) => accounts),
    groups.flatMap(({ payments }) => payments),
  );
}

const open = {
  metric: "weekly_revenue",
  filters: {},
  by: null,
  week: WEEK,
  windowWeeks: null,
  lastWeeks: 2,
  cohort: null,
  versus: "prev",
} as const satisfies MetricQuery;

function ask({ db, catalogue, settings }: AskedCompany, query: Partial<MetricQuery>) {
  const metrics = { db, catalogue, settings, discretion: minimumCohort };
  return answerMetric(metrics, { ...open, ...query });
}

async function answerOf(asked: AskedCompany, query: Partial<MetricQuery>): Promise<Answer> {
  const answer = await ask(asked, query);
  if (!answer.ok) throw new Error(JSON.stringify(answer.fault));
  return answer.value;
}

async function faultOf(asked: AskedCompany, query: Partial<MetricQuery>) {
  const answer = await ask(asked, query);
  return answer.ok ? answer.value.figures : answer.fault;
}

test("a month of too few accounts is not told, and is left out where it is compared with", async () => {
  const many = some(9, "pro");
  const few = ["pro-eu-0", "pro-eu-1"].map((account) => ({
    account,
    day: "2026-01-20",
    amount: 5,
  }));
  const before = many.accounts.map(({ id }) => ({ account: id, day: "2026-02-10", amount: 7 }));
  const asked = await companyWith(many.accounts, [...few, ...before, ...many.payments]);
  const month = { grain: { unit: "month" } } as const;
  expect(await faultOf(asked, { ...month, week: "2026-01-01" })).toEqual({
    kind: "too_few_accounts",
    metric: "weekly_revenue",
    name: "Weekly Revenue",
    wider: null,
    ...month,
  });
  expect(await answerOf(asked, { ...month, week: "2026-02-01" })).toMatchObject({
    figures: { value: 63, n: 9 },
    previous: null,
    flags: ["withheld"],
    series: [
      { week: "2026-01-01", value: null },
      { week: "2026-02-01", value: 63 },
    ],
  });
});

test("a month that begins with a week has its own accounts", async () => {
  const many = some(9, "pro");
  const paid = (account: string, day: string) => ({ account, day, amount: 5 });
  const first = ["pro-eu-0", "pro-eu-1"].map((account) => paid(account, "2025-12-02"));
  const later = many.accounts.map(({ id }) => paid(id, "2025-12-20"));
  const asked = await companyWith(many.accounts, [...first, ...later]);
  const week = { week: "2025-12-01", lastWeeks: 1 };
  expect(await faultOf(asked, week)).toMatchObject({ kind: "too_few_accounts" });
  const month = { ...week, grain: { unit: "month" } } as const;
  expect((await answerOf(asked, month)).figures).toMatchObject({ value: 55, n: 9 });
});

test("what is told is what the model allows, and as much as it adds up to", async () => {
  const [paid = []] = fc.sample(aCompany, 1);
  const accounts = new Map(
    paid.map(({ account, labels }) => [
      account,
      { id: account, tier: labels.tier ?? "", region: labels.region ?? "" },
    ]),
  );
  const kinds: Readonly<Record<string, string>> = { plan: "subscription", usage: "usage" };
  const amount = new Map(paid.map((each, i) => [each, 2 ** (i % 20) + i]));
  const asked = await companyWith(
    [...accounts.values()],
    paid.map((each) => ({
      account: each.account,
      day: WEEK,
      kind: kinds[each.labels.kind ?? ""] ?? "",
      amount: amount.get(each) ?? 0,
    })),
  );
  const sum = (some: readonly Paid[]): number =>
    some.reduce((total, each) => total + (amount.get(each) ?? 0), 0);
  const seen = { told: 0, refused: 0, rows: 0 };
  for (const filters of fc.sample(fc.constantFrom(...everyQuestion), 60)) {
    const { kind, ...others } = filters;
    const inEngine = kind
      ? { ...others, revenue_kind: kind.map((one) => kinds[one] ?? "") }
      : others;
    const by = fc.sample(fc.option(fc.constantFrom(...everyDimension)), 1)[0] ?? null;
    const table = tableOf(paid, Object.keys(filters));
    const answer = await ask(asked, { filters: inEngine, by: by === "kind" ? "revenue_kind" : by });
    const isTold = minimumCohort.mayTell([table], filters);
    expect(answer.ok, JSON.stringify(filters)).toBe(isTold);
    if (!answer.ok) {
      expect(answer.fault.kind).toBe("too_few_accounts");
      seen.refused++;
      continue;
    }
    seen.told++;
    expect(answer.value.figures.value).toBe(sum(paidUnder(paid, filters)));
    if (by === null) continue;
    const whole = tableOf(paid, [...new Set([...Object.keys(filters), by])]);
    const groups = minimumCohort.segments([whole], filters, by);
    const values = groups.map(({ labels }) => sum(paidUnder(paid, { ...filters, [by]: labels })));
    const rows = answer.value.breakdown?.segments.map(({ value }) => value) ?? [];
    const sorted = (numbers: readonly (number | null)[]) =>
      [...numbers].sort((a, b) => Number(a) - Number(b));
    expect(sorted(rows), JSON.stringify([filters, by])).toEqual(sorted(values));
    seen.rows += rows.length;
  }
  expect(seen.told + seen.refused).toBe(60);
});

describe("a breakdown", () => {
  test("tells small segments together with the next one, and names them", async () => {
    const asked = await together(some(9, "free"), some(6, "pro"), some(2, "team"));
    const { breakdown } = await answerOf(asked, { by: "tier" });
    expect(breakdown?.segments.map(({ segment, n, together: of }) => [segment, n, of])).toEqual([
      ["free", 9, undefined],
      ["team + pro", 8, { small: ["team"], others: ["pro"] }],
    ]);
  });

  test("of a metric derived from two weeks minds both", async () => {
    const pro = some(6, "pro");
    const before = pro.payments.filter(({ day, account }) => day === WEEK || account < "pro-eu-3");
    const asked = await together(some(9, "free"), { ...pro, payments: before });
    expect((await answerOf(asked, { by: "tier" })).breakdown?.segments).toHaveLength(2);
    const growth = await answerOf(asked, { metric: "weekly_growth_rate", by: "tier" });
    expect(growth.breakdown?.segments).toHaveLength(1);
  });
});

describe("a question", () => {
  test("that would be of four accounts is led to what is told", async () => {
    const asked = await together(some(9, "free"), some(6, "pro"), some(4, "team"));
    expect(await faultOf(asked, { filters: { tier: ["team"] } })).toEqual({
      kind: "too_few_accounts",
      metric: "weekly_revenue",
      name: "Weekly Revenue",
      wider: { tier: ["pro", "team"] },
    });
  });

  test("about a company of four is answered with nothing", async () => {
    const asked = await together(some(4, "pro"));
    expect(await faultOf(asked, {})).toMatchObject({ kind: "too_few_accounts", wider: null });
    expect(await faultOf(asked, { metric: "mrr" })).toMatchObject({ kind: "too_few_accounts" });
  });

  test("gets no week, no change and no verdict that rests on too few accounts", async () => {
    const few = some(6, "pro");
    const asked = await together(some(9, "free"), {
      ...few,
      payments: few.payments.filter(({ day, account }) => day === WEEK || account === "pro-eu-0"),
    });
    const answer = await answerOf(asked, { filters: { tier: ["pro"] } });
    expect(answer.series.map(({ value }) => value)).toEqual([null, 615]);
    expect(answer.previous).toBeNull();
    expect(answer.change.absolute).toBeNull();
    expect(answer.flags).toContain("withheld");
  });

  test("counts nobody who paid nothing", async () => {
    const nothing = some(9, "team");
    const payments = nothing.payments.map((each) => ({ ...each, amount: 0 }));
    const asked = await together(some(4, "pro"), { ...nothing, payments });
    expect(await faultOf(asked, {})).toMatchObject({ kind: "too_few_accounts" });
  });

  test("by tenure, or of growth by a segment, is for the terminal alone", async () => {
    const asked = await together(some(9, "free"), some(9, "pro"));
    for (const query of [
      { filters: { tenure: ["3"] } },
      { metric: "cwgr", filters: { tier: ["pro"] } },
      { metric: "catch_up_cwgr", by: "tier" },
    ])
      expect(await faultOf(asked, query)).toMatchObject({ kind: "not_cut_in_chat" });
  });

  test("about the year counts the year's accounts", async () => {
    const asked = await together(some(9, "free"), some(6, "pro"), some(2, "team"));
    const answer = await answerOf(asked, { metric: "ytd_revenue", by: "tier" });
    expect(answer.breakdown?.segments.map(({ n }) => n)).toEqual([9, 8]);
  });

  test("about a target is told how it stands as a whole, and not of a segment", async () => {
    const asked = await together(some(9, "free"), some(9, "pro"));
    const target = { metric_id: "weekly_revenue", target_type: "at_least", value: 1000 };
    const year = {
      period_start: "2026-01-01",
      period_end: "2026-12-31",
      baseline_week: WEEK_BEFORE,
    };
    await putRows(asked.db, {
      targets: [
        { target_id: "all", dims: {}, ...target, ...year },
        { target_id: "pro", dims: { tier: ["pro"] }, ...target, ...year },
      ],
    });
    expect((await answerOf(asked, {})).target?.status).toBe("met");
    const pro = await answerOf(asked, { filters: { tier: ["pro"] } });
    expect(pro.target).toBeNull();
    expect(pro.flags).toContain("withheld");
  });

  test("about growth is told no trend over a week of too few accounts", async () => {
    const { accounts, payments } = some(9, "pro");
    const oneIn = payments.filter(({ day, account }) => day === WEEK || account === "pro-eu-0");
    const before = ["2026-02-16", "2026-02-23"].flatMap((day) =>
      payments.filter((each) => each.day === WEEK).map((each) => ({ ...each, day })),
    );
    const asked = await together({ accounts, payments: [...oneIn, ...before] });
    const goal = {
      target_id: "all",
      dims: {},
      metric_id: "weekly_revenue",
      baseline_week: "2026-02-16",
    };
    const year = { period_start: "2026-01-01", period_end: "2026-12-31" };
    await putRows(asked.db, {
      targets: [{ ...goal, ...year, target_type: "level_by_date", value: 9000 }],
    });
    const all = await asked.ask({ metric: "cwgr", week: WEEK });
    expect(all.trendRate).not.toBeNull();
    const told = await answerOf(asked, { metric: "cwgr", week: WEEK });
    expect(told.figures.value).toBe(all.figures.value);
    expect(told.trendRate).toBeNull();
  });

  test("about a metric that is not sensitive is answered of one account", async () => {
    const asked = await together(some(1, "pro"), some(9, "free"));
    const answer = await answerOf(asked, {
      metric: "weekly_sign_ups",
      filters: { region: ["eu"] },
    });
    expect(answer.status).toBe("final");
  });
});

test("a sensitive metric that no account is behind is told by each of its segments", async () => {
  const sql =
    "SELECT w.a, i.region, 1 AS num, 1 AS n FROM w JOIN incidents i ON i.started_at >= ts(w.a) AND i.started_at < ts(w.b)";
  const keys = { dimensions: "[region]", tier: "none", sensitive: "true", reads: "[incidents]" };
  company = await askedCompany(aMetric(sql, keys));
  const incident = { incident_id: "i", service: "api", severity: 1, is_downtime: true };
  await putRows(company.db, {
    accounts: [anAccount("a")],
    incidents: ["eu", "us"].map((region) => ({
      ...incident,
      region,
      started_at: "2026-03-10T09:00Z",
    })),
  });
  await completeThrough(company.db, "2026-03-16T00:00Z");
  await company.refresh();
  const { breakdown } = await answerOf(company, { metric: "own_metric", by: "region" });
  expect(breakdown?.segments.map(({ segment }) => segment)).toEqual(["eu", "us"]);
});

test("a backtest leaves out the weeks of too few accounts", async () => {
  const few = some(6, "pro");
  const payments = few.payments.filter(
    ({ day, account }) => day === WEEK || account === "pro-eu-0",
  );
  const asked = await together(some(9, "free"), { ...few, payments });
  const { db, catalogue, settings } = asked;
  const metric = catalogue.get("weekly_revenue");
  if (metric === undefined) throw new Error("no weekly_revenue");
  const tested = await backtestMetric(
    { db, catalogue, settings, discretion: minimumCohort },
    { metric, filters: { tier: ["pro"] }, week: null },
    false,
  );
  if (!tested.ok) throw new Error(JSON.stringify(tested.fault));
  expect(tested.value.weeks.slice(-2).map(({ value }) => value)).toEqual([null, 615]);
  expect(tested.value.withheld).toBe(true);
});
