/** What `/kpi define` says of weeks that were told otherwise. */
import { afterEach, describe, expect, test } from "vitest";
import { answerMetric, type Metrics, restatementsOf } from "../../src/metrics/index.ts";
import type { Grain } from "../../src/periods.ts";
import { minimumCohort } from "../../src/policy/index.ts";
import { completeThrough, putRows } from "../support/rows.ts";
import { type AskedCompany, anAccount, askedCompany } from "./asked-company.ts";

const WEEK = "2026-03-09";
const WEEK_BEFORE = "2026-03-02";

let company: AskedCompany | null = null;
afterEach(async () => {
  await company?.close();
  company = null;
});

/** Accounts that paid 100 each in both weeks, and were told so. */
async function companyOf(accounts: number): Promise<AskedCompany> {
  company = await askedCompany();
  const ids = Array.from({ length: accounts }, (_, i) => `a${i}`);
  await putRows(company.db, {
    accounts: ids.map((id) => anAccount(id, { signed_up_at: "2026-03-02T09:00Z" })),
  });
  for (const day of [WEEK_BEFORE, WEEK]) await pay(company, ids, day, 100);
  await completeThrough(company.db, "2026-03-16T00:00Z");
  await company.refresh();
  return company;
}

/** As late rows come: their day is marked. */
async function pay(
  { db }: AskedCompany,
  ids: readonly string[],
  day: string,
  net_amount: number,
  revenue_kind = "usage",
): Promise<void> {
  await putRows(db, {
    revenue_daily: ids.map((account_id) => ({
      account_id,
      revenue_date: day,
      revenue_kind,
      net_amount,
    })),
  });
  await db.run("INSERT INTO bot.dirty VALUES ('revenue_daily', $1) ON CONFLICT DO NOTHING", [day]);
}

function restated({ db, catalogue, settings }: AskedCompany, id: string, inChat = false) {
  const metric = catalogue.get(id);
  if (metric === undefined) throw new Error(`no ${id}`);
  const metrics = { db, catalogue, settings, ...(inChat && { discretion: minimumCohort }) };
  return restatementsOf(metrics, metric, 5);
}

test("nothing is restated of what came in time", async () => {
  expect(await restated(await companyOf(6), "weekly_revenue")).toEqual({ weeks: [], withheld: 0 });
});

test("a week with late rows says what it was, what it is, and since when", async () => {
  const asked = await companyOf(6);
  await pay(asked, ["a0"], WEEK_BEFORE, 60, "one_time");
  await asked.refresh();
  const { weeks } = await restated(asked, "weekly_revenue");
  expect(weeks.map(({ week, was, now }) => [week, was, now])).toEqual([[WEEK_BEFORE, 600, 660]]);
  const since = Temporal.Instant.from(weeks[0]?.since ?? "");
  expect(Temporal.Now.instant().since(since).total("minutes")).toBeLessThan(5);
});

test("what is derived from a week, or adds it up, is restated with it", async () => {
  const asked = await companyOf(6);
  await pay(asked, ["a0"], WEEK_BEFORE, 60, "one_time");
  await asked.refresh();
  const growth = await restated(asked, "weekly_growth_rate");
  expect(growth.weeks[0]).toMatchObject({ week: WEEK, was: 0, now: (600 - 660) / 660 });
  const year = await restated(asked, "ytd_revenue");
  expect(year.weeks.map(({ week, was, now }) => [week, was, now])).toEqual([
    [WEEK, 1200, 1260],
    [WEEK_BEFORE, 600, 660],
  ]);
});

test("rows that move a week by less than half a percent restate nothing", async () => {
  const asked = await companyOf(6);
  await pay(asked, ["a0"], WEEK_BEFORE, 2, "one_time");
  await asked.refresh();
  expect((await restated(asked, "weekly_revenue")).weeks).toEqual([]);
});

test("in chat nothing is said of a week that had too few accounts when it was told first", async () => {
  const asked = await companyOf(4);
  await putRows(asked.db, { accounts: ["b0", "b1"].map((id) => anAccount(id)) });
  await pay(asked, ["b0", "b1"], WEEK_BEFORE, 100);
  await asked.refresh();
  expect((await restated(asked, "weekly_revenue")).weeks).toHaveLength(1);
  expect(await restated(asked, "weekly_revenue", true)).toEqual({ weeks: [], withheld: 1 });
});

test("in chat a week of enough accounts, then and now, is told", async () => {
  const asked = await companyOf(6);
  await pay(asked, ["a0"], WEEK_BEFORE, 60, "one_time");
  await asked.refresh();
  for (const id of ["weekly_revenue", "ytd_revenue", "weekly_growth_rate"])
    expect(await restated(asked, id, true)).toEqual(await restated(asked, id));
});

describe("an answer in chat", () => {
  const flagsOf = async (asked: AskedCompany, query: { metric: string; grain?: Grain }) => {
    const { db, catalogue, settings } = asked;
    const week = query.grain === undefined ? WEEK_BEFORE : "2026-03-01";
    const usual = { filters: {}, by: null, cohort: null, windowWeeks: null, lastWeeks: 1 };
    const whole = { ...usual, ...query, week, versus: "prev" } as const;
    const flags = async (metrics: Metrics) => {
      const answer = await answerMetric(metrics, whole);
      if (!answer.ok) throw new Error(JSON.stringify(answer.fault));
      return answer.value.flags.includes("restated");
    };
    const metrics = { db, catalogue, settings };
    return {
      terminal: await flags(metrics),
      chat: await flags({ ...metrics, discretion: minimumCohort }),
    };
  };

  test("does not say that a total of too few accounts was another", async () => {
    const asked = await companyOf(4);
    await putRows(asked.db, { accounts: ["b0", "b1"].map((id) => anAccount(id)) });
    await pay(asked, ["b0", "b1"], WEEK_BEFORE, 100);
    await asked.refresh();
    expect(await flagsOf(asked, { metric: "weekly_revenue" })).toEqual({
      terminal: true,
      chat: false,
    });
  });

  test("says it of a month, too, only where there were enough", async () => {
    for (const accounts of [4, 6]) {
      const asked = await companyOf(accounts);
      await completeThrough(asked.db, "2026-04-02T00:00Z");
      await asked.refresh();
      await putRows(asked.db, { accounts: ["b0", "b1"].map((id) => anAccount(id)) });
      await pay(asked, ["b0", "b1"], WEEK_BEFORE, 100);
      await asked.refresh();
      const month = { metric: "weekly_revenue", grain: { unit: "month" } } as const;
      expect(await flagsOf(asked, month)).toEqual({ terminal: true, chat: accounts === 6 });
      await asked.close();
    }
    company = null;
  });

  test("says it of enough accounts, then and now", async () => {
    const asked = await companyOf(6);
    await pay(asked, ["a0"], WEEK_BEFORE, 60, "one_time");
    await asked.refresh();
    for (const metric of ["weekly_revenue", "ytd_revenue"])
      expect(await flagsOf(asked, { metric })).toEqual({ terminal: true, chat: true });
  });
});
