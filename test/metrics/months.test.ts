/** Months and quarters, told from the definitions that weeks are told from. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { defaultSettings } from "../../src/metrics/catalogue/index.ts";
import { answerMetric, type MetricQuery } from "../../src/metrics/index.ts";
import { tellAnswer } from "../../src/wording/index.ts";
import { completeThrough, putRows } from "../support/rows.ts";
import { applyChanges } from "./a-changing-company.ts";
import { type AskedCompany, anAccount, askedCompany, underSettings } from "./asked-company.ts";

const month = { unit: "month" } as const;
const quarter = { unit: "quarter", yearStarts: 1 } as const;
const FIRST = Temporal.PlainDate.from("2025-11-03");

let company: AskedCompany;

/** One account a day from 3 November 2025 on, which pays 10 a day; every third stops after 20 days. */
beforeAll(async () => {
  company = await askedCompany();
  const days = Array.from({ length: 196 }, (_, i) => FIRST.add({ days: i }));
  const stops = (i: number) => (i % 3 === 0 ? `${FIRST.add({ days: i + 20 })}T12:00Z` : null);
  await putRows(company.db, {
    tiers: [{ tier: "pro", tier_rank: 1, is_paid: true }],
    features: [{ feature_id: "core", category: "core", is_core: true, ga_on: "2025-01-01" }],
    accounts: days.map((day, i) => anAccount(`a${i}`, { signed_up_at: `${day}T09:00Z` })),
    subscription_periods: days.map((day, i) => ({
      account_id: `a${i}`,
      line_id: "main",
      valid_from: `${day}T09:00Z`,
      valid_to: stops(i),
      is_primary: true,
      tier: "pro",
      status: "paid",
      mrr: 300,
    })),
    revenue_daily: days.map((day) => ({
      account_id: "a0",
      revenue_date: day.toString(),
      revenue_kind: "subscription",
      net_amount: 10,
    })),
  });
  await completeThrough(company.db, "2026-05-18T00:00Z");
  await company.refresh();
});
afterAll(() => company?.close());

function ask(query: Partial<MetricQuery> & { metric: string }) {
  return company.ask({ grain: month, ...query });
}

describe("a month", () => {
  test("is by default the latest that is over, and is compared with the one before", async () => {
    expect(await ask({ metric: "weekly_sign_ups", lastWeeks: 3 })).toMatchObject({
      grain: month,
      week: "2026-04-01",
      status: "final",
      figures: { value: 30 },
      previous: { week: "2026-03-01", value: 31 },
      change: { absolute: -1 },
      verdict: { word: "not_tested" },
      series: [{ value: 28 }, { value: 31 }, { value: 30 }],
    });
  });

  test("that runs is open, and compared with nothing; the next one is out of range", async () => {
    const open = await ask({ metric: "weekly_sign_ups", week: "2026-05-01" });
    expect(open).toMatchObject({ status: "open", figures: { value: 17 } });
    expect(open.change).toMatchObject({ absolute: null });
    const { db, catalogue, settings } = company;
    const later = { metric: "weekly_sign_ups", week: "2026-06-01", grain: month };
    const usual = { filters: {}, by: null, cohort: null, windowWeeks: null, lastWeeks: 1 };
    const query: MetricQuery = { ...usual, ...later, versus: "prev" };
    expect(await answerMetric({ db, catalogue, settings }, query)).toMatchObject({
      fault: { kind: "week_out_of_range", first: "2025-11-01", last: "2026-04-01", grain: month },
    });
  });

  test("is compared with the same one of the year before, as far as the data reach", async () => {
    expect(await ask({ metric: "mrr", versus: "year" })).toMatchObject({ previous: null });
    expect(await ask({ metric: "mrr", week: "2026-05-01", versus: "year" })).toMatchObject({
      previous: null,
    });
  });

  test("of recurring revenue is its end, and the movements over it add up to that", async () => {
    const at = async (metric: string) => (await ask({ metric })).figures.value ?? Number.NaN;
    const [before, after] = [await ask({ metric: "mrr", week: "2026-03-01" }), await at("mrr")];
    const [won, lost] = [await at("new_mrr"), await at("churned_mrr")];
    const [more, less] = [await at("expansion_revenue"), await at("contraction_mrr")];
    const back = await at("resurrected_mrr");
    expect(after).toBe((before.figures.value ?? 0) + won + back + more - less - lost);
    expect([won, lost].every((value) => value > 0)).toBe(true);
  });

  test("grows against the month before, and the year so far ends with it", async () => {
    const growth = await ask({ metric: "weekly_growth_rate" });
    expect(growth.figures).toMatchObject({ num: -10, den: 310 });
    expect(await ask({ metric: "ytd_revenue" })).toMatchObject({
      from: "2026-01-01",
      figures: { value: 1200, n: 1 },
      previous: { week: "2026-03-01", value: 900 },
    });
    // Those of January are in another year, so that there is nothing before to compare with.
    expect(await ask({ metric: "ytd_revenue", week: "2026-01-01" })).toMatchObject({
      figures: { value: 310 },
      previous: null,
    });
  });

  test("of a cohort describes those that signed up as long before as the metric waits", async () => {
    expect(await ask({ metric: "adoption_rate" })).toMatchObject({
      cohortWeek: "2025-12-31",
      figures: { den: 30 },
    });
  });

  test("of retention has its own beginning as base, and a lifetime still its 13 weeks", async () => {
    const { figures } = await ask({ metric: "retention_rate" });
    const kept = await ask({ metric: "mrr", week: "2026-03-01" });
    expect(figures.den).toBe(kept.figures.n);
    const lifetime = await ask({ metric: "cltv" });
    // 13 weeks before May begins there were the customers of 29 January.
    const then = await ask({ metric: "mrr", week: "2026-01-01" });
    expect(lifetime.figures.n).toBeLessThan(figures.den ?? 0);
    expect(lifetime.figures.n).toBeGreaterThan((then.figures.n ?? 0) - 5);
  });

  test.each([
    ["window", { windowWeeks: 4 }],
    ["target", { versus: "target" }],
    ["cohort", { cohort: "2026-01-05" }],
    ["metric", { metric: "cwgr" }],
  ] as const)("has no %s", async (what, more) => {
    const query = { metric: "adoption_rate", ...more };
    await expect(ask(query)).rejects.toThrow(`"what":"${what}"`);
  });
});

describe("the month that the data begin in the middle of", () => {
  const voice = { locale: "en-GB", currency: "USD" };

  test("is partial, and nothing is compared with it", async () => {
    const own = await ask({ metric: "weekly_sign_ups", week: "2025-11-01" });
    expect(own).toMatchObject({ flags: ["partial"], figures: { value: 28 }, previous: null });
    expect(tellAnswer(own, voice).summary).toContain("the number is partial");
    const next = await ask({ metric: "weekly_sign_ups", week: "2025-12-01", lastWeeks: 6 });
    expect(next.flags).toEqual(["partial_first", "partial_before"]);
    expect(next).toMatchObject({ previous: null, change: { absolute: null } });
    const { summary } = tellAnswer(next, voice);
    expect(summary).toContain("The first month shown is partial: the data begin within it.");
    expect(summary).toContain("the data begin within the month to compare with");
    const later = await ask({ metric: "weekly_sign_ups", week: "2026-01-01" });
    expect(later).toMatchObject({ flags: [], previous: { week: "2025-12-01", value: 31 } });
  });

  test("is partial in what rests on it, such as growth since it", async () => {
    const growth = await ask({ metric: "weekly_growth_rate", week: "2025-12-01" });
    expect(growth.flags).toContain("partial");
    const after = await ask({ metric: "weekly_growth_rate", week: "2026-01-01" });
    expect(after.flags).toContain("partial_before");
  });

  test("has the level at its end like any other", async () => {
    const own = await ask({ metric: "mrr", week: "2025-12-01", lastWeeks: 2 });
    expect(own.flags).toEqual([]);
    expect(own.previous?.week).toBe("2025-11-01");
  });

  test("is a quarter as well", async () => {
    const own = await ask({ metric: "weekly_sign_ups", week: "2026-01-01", grain: quarter });
    expect(own.flags).toContain("partial_before");
  });

  test("is whole where its own first day has data, and of weeks nothing is said", async () => {
    expect((await company.ask({ metric: "weekly_sign_ups", week: "2025-11-10" })).flags).toEqual(
      [],
    );
  });
});

test("a month is read from cells of its own, which go when a row comes late", async () => {
  const own = await askedCompany();
  try {
    const signedUp = (id: string, day: string) => anAccount(id, { signed_up_at: `${day}T09:00Z` });
    await putRows(own.db, {
      accounts: [signedUp("a", "2026-02-03"), signedUp("b", "2026-03-05")],
    });
    await completeThrough(own.db, "2026-04-01T00:00Z");
    await own.refresh();
    const signUps = { metric: "weekly_sign_ups", grain: month, lastWeeks: 2 };
    await own.db.run(
      "UPDATE bot.cell SET num = ARRAY[7] WHERE grain = 'month' AND period = '2026-02-01' AND metric = 'weekly_sign_ups'",
    );
    expect((await own.ask(signUps)).series).toMatchObject([{ value: 7 }, { value: 1 }]);
    const late = { table: "accounts", remove: false, row: signedUp("c", "2026-03-30") };
    await applyChanges(own.db, own.settings, [late]);
    await own.refresh();
    expect(await own.ask(signUps)).toMatchObject({
      series: [{ value: 7 }, { value: 2 }],
      // Its data begin on the 3rd of February.
      flags: ["restated", "partial_first", "partial_before"],
    });
  } finally {
    await own.close();
  }
});

describe("a quarter", () => {
  test("is one of the fiscal year, and the sum of its months", async () => {
    const signUps = { metric: "weekly_sign_ups" };
    expect(await ask({ ...signUps, grain: quarter })).toMatchObject({
      week: "2026-01-01",
      figures: { value: 90 },
    });
    const fiscal = await underSettings(company, { ...defaultSettings, fiscalYearStarts: 2 });
    const grain = { unit: "quarter", yearStarts: 2 } as const;
    expect(await fiscal.ask({ ...signUps, grain })).toMatchObject({
      week: "2026-02-01",
      figures: { value: 89 },
      // The quarter from November on has no data of its first two days.
      previous: null,
      flags: ["partial_before"],
    });
    expect(await fiscal.ask({ ...signUps, grain, week: "2025-11-01" })).toMatchObject({
      figures: { value: 90 },
      flags: ["partial"],
    });
  });
});
