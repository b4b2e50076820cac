import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { completeThrough, putRows } from "../../support/rows.ts";
import { type AskedCompany, aMetric, anAccount, askedCompany } from "../asked-company.ts";

// Targets change nothing that is computed, so one company serves the tests of a block.
let company: AskedCompany;
afterEach(() => company.db.run("DELETE FROM source.targets"));

const WEEK = "2026-04-06";

/** 600 from 1 January to the end of the week, 50 of them in it; 43 in the last full week of 2025. */
async function revenue(): Promise<void> {
  await putRows(company.db, {
    tiers: [
      { tier: "free", tier_rank: 0, is_paid: false },
      { tier: "pro", tier_rank: 1, is_paid: true },
    ],
    accounts: [
      anAccount("a", { signed_up_at: "2025-06-02T09:00Z", segment: "smb" }),
      anAccount("b", { signed_up_at: "2025-06-02T09:00Z", segment: "enterprise", region: "us" }),
    ],
    subscription_periods: [
      {
        account_id: "a",
        line_id: "p",
        valid_from: "2025-06-02T09:00Z",
        is_primary: true,
        tier: "pro",
        status: "paid",
        mrr: 100,
      },
    ],
    revenue_daily: [
      ["a", "2025-12-24", 43],
      ["a", "2026-01-02", 500],
      ["b", "2026-02-03", 50],
      ["a", "2026-04-07", 30],
      ["b", "2026-04-12", 20],
    ].map(([account_id, revenue_date, net_amount]) => ({
      account_id,
      revenue_date,
      revenue_kind: "usage",
      net_amount,
    })),
  });
  await completeThrough(company.db, "2026-04-13");
  await company.refresh();
}

const YEAR = { period_start: "2026-01-01", period_end: "2026-12-31", dims: {} };
const period = (period_start: string, period_end: string) => ({ period_start, period_end });
const yearly = (value: number, more: object = {}) => ({
  ...YEAR,
  target_id: `y${value}`,
  metric_id: "ytd_revenue",
  target_type: "cumulative_by_date",
  value,
  ...more,
});

describe("of revenue", () => {
  beforeAll(async () => {
    company = await askedCompany();
    await revenue();
  });
  afterAll(() => company.close());

  describe("catch-up CWGR", () => {
    test("is the growth a week that reaches the year's target (S9), from cells and sources", async () => {
      await putRows(company.db, { targets: [yearly(2800)] });
      for (const exact of [false, true]) {
        const answer = await company.ask({ metric: "catch_up_cwgr", week: WEEK }, exact);
        expect(answer).toMatchObject({
          figures: { value: expect.closeTo(0.008026, 6), num: 600, den: 50, n: null },
          flags: [],
          target: {
            id: "y2800",
            actual: 600,
            expected: expect.closeTo(782.465753, 5),
            requiredPerWeek: expect.closeTo(58.555133, 5),
            requiredGrowth: expect.closeTo(0.008026, 6),
            growth: expect.closeTo((50 / 43) ** (1 / 15) - 1, 9),
            status: "on_track",
          },
        });
      }
    });

    test.each([
      ["a target that is met", [yearly(600)], "target_met"],
      ["no target", [], "no_target"],
      [
        "a target of another year",
        [yearly(9, { period_start: "2027-01-01", period_end: "2027-12-31" })],
        "no_target",
      ],
      ["no days left", [yearly(601, { period_end: "2026-04-12" })], "target_missed"],
    ])("with %s has no value, and says why", async (_, targets, flag) => {
      await putRows(company.db, { targets });
      const answer = await company.ask({ metric: "catch_up_cwgr", week: WEEK });
      expect(answer).toMatchObject({ figures: { value: null }, status: "final", flags: [flag] });
    });

    test("without revenue in the week has none", async () => {
      await putRows(company.db, { targets: [yearly(2800)] });
      const answer = await company.ask({ metric: "catch_up_cwgr", week: "2026-03-30" });
      expect(answer.flags).toContain("no_revenue");
    });

    test("of a level is the same root, and days after a period's end count for nothing", async () => {
      const level = {
        ...YEAR,
        target_id: "l",
        metric_id: "weekly_revenue",
        target_type: "level_by_date",
        value: 100,
        period_end: "2026-12-27",
      };
      await putRows(company.db, { targets: [level] });
      expect(
        (await company.ask({ metric: "catch_up_cwgr", week: WEEK })).figures.value,
      ).toBeCloseTo(0.01891, 5);
      await putRows(company.db, { targets: [yearly(590, { period_end: "2026-04-10" })] });
      const cut = await company.ask({ metric: "catch_up_cwgr", week: WEEK });
      expect(cut).toMatchObject({ figures: { num: 580 }, flags: ["target_missed"] });
    });

    test("of a segment needs the segment's own target", async () => {
      await putRows(company.db, {
        targets: [yearly(2800), yearly(2500, { dims: { segment: "smb" } })],
      });
      const answer = await company.ask({ metric: "catch_up_cwgr", week: WEEK, by: "segment" });
      const segments = answer.breakdown?.segments.map(({ segment, value, num }) => [
        segment,
        value === null,
        num,
      ]);
      expect(segments).toEqual(
        expect.arrayContaining([
          ["smb", false, 530],
          ["enterprise", true, null],
        ]),
      );
      const filtered = await company.ask({
        metric: "catch_up_cwgr",
        week: WEEK,
        filters: { segment: ["smb"] },
      });
      expect(filtered.target?.id).toBe("y2500");
      expect(answer.breakdown?.segments.find(({ segment }) => segment === "smb")?.value).toBe(
        filtered.figures.value,
      );
    });
  });

  test("a level of weekly revenue is paced on one week, and grows as one", async () => {
    const level = { ...YEAR, target_id: "l", metric_id: "weekly_revenue", value: 100 };
    await putRows(company.db, { targets: [{ ...level, target_type: "level_by_date" }] });
    for (const windowWeeks of [null, 13])
      expect(
        await company.ask({ metric: "weekly_revenue", week: WEEK, windowWeeks }),
      ).toMatchObject({
        target: {
          actual: 50,
          growth: expect.closeTo((50 / 43) ** (1 / 15) - 1, 9),
          status: "off_track",
        },
      });
  });

  test("a level that spans New Year keeps the path that it began with", async () => {
    const level = {
      ...YEAR,
      ...period("2025-07-01", "2026-06-30"),
      target_id: "l",
      metric_id: "weekly_revenue",
      target_type: "level_by_date",
      value: 100,
    };
    const ask = async (week: string) =>
      (await company.ask({ metric: "weekly_revenue", week })).target?.expected;
    // It begins before the fiscal year 2025, with nothing, and has 79 weeks.
    await putRows(company.db, { targets: [level] });
    expect(await ask("2025-12-22")).toBeCloseTo((100 * 52) / 79, 9);
    expect(await ask("2026-01-05")).toBeCloseTo((100 * 54) / 79, 9);
  });

  test("a plan from a baseline value goes on where the period spans New Year", async () => {
    const plan = { ...period("2025-07-01", "2026-06-30"), baseline_value: 10 };
    const sum = { ...yearly(1000, plan), metric_id: "weekly_revenue" };
    await putRows(company.db, { targets: [sum] });
    const expected: number[] = [];
    for (const week of ["2025-12-15", "2025-12-22", "2025-12-29", "2026-01-05"])
      expected.push(
        (await company.ask({ metric: "weekly_revenue", week })).target?.expected ?? Number.NaN,
      );
    const steps = expected.slice(1).map((each, i) => each - (expected[i] ?? Number.NaN));
    const [one = 0, two = 0, three = 0] = steps;
    expect(one).toBeGreaterThan(0);
    expect(two / one).toBeCloseTo(three / two, 9);
  });

  describe("CWGR", () => {
    test("starts at the last full week before the fiscal year, or at the target's baseline", async () => {
      const ask = () => company.ask({ metric: "cwgr", week: WEEK });
      expect(await ask()).toMatchObject({
        figures: { value: expect.closeTo((50 / 43) ** (1 / 15) - 1, 12), num: 50, den: 43, n: 15 },
        trendRate: expect.closeTo(-0.045, 1),
      });
      await putRows(company.db, { targets: [yearly(2800, { baseline_week: "2025-12-29" })] });
      expect(await ask()).toMatchObject({ figures: { den: 500, n: 14 } });
      expect(await company.ask({ metric: "cwgr", week: "2025-12-29" })).toMatchObject({
        figures: { value: null },
      });
    });

    test("starts where it did also with a goal for itself", async () => {
      const goal = { ...yearly(0.01), metric_id: "cwgr", target_type: "at_least" };
      await putRows(company.db, {
        targets: [yearly(2800, { baseline_week: "2026-02-02" }), { ...goal, target_id: "g" }],
      });
      const answer = await company.ask({ metric: "cwgr", week: WEEK, by: "segment" });
      expect(answer).toMatchObject({
        figures: { value: 0, den: 50, n: 9 },
        target: { id: "g", status: "missed" },
      });
      await putRows(company.db, {
        targets: [
          { ...goal, target_id: "f", period_end: "2026-12-30", baseline_week: "2025-12-29" },
        ],
      });
      expect(await company.ask({ metric: "cwgr", week: WEEK })).toMatchObject({
        figures: { den: 500, n: 14 },
        target: { id: "f" },
      });
    });

    test("and what would catch up keep a segment that fell to nothing", async () => {
      await putRows(company.db, {
        targets: [
          yearly(2800, { baseline_week: "2026-02-02" }),
          yearly(900, { baseline_week: "2026-02-02", dims: { segment: "enterprise" } }),
        ],
      });
      // All of the week's 500 are the small ones'; the others had 50 in the baseline's week.
      const cut = async (metric: string, week: string) =>
        (await company.ask({ metric, week, by: "segment" })).breakdown?.segments.find(
          ({ segment }) => segment === "enterprise",
        );
      expect(await cut("cwgr", "2026-03-30")).toMatchObject({ value: -1, num: 0, den: 50 });
      expect(await cut("catch_up_cwgr", "2026-03-30")).toMatchObject({ num: 50, den: 0 });
    });

    test("draws its trend from the same week on", async () => {
      const goal = { ...yearly(0.01), metric_id: "cwgr", target_type: "at_least", target_id: "g" };
      const plan = yearly(2800, { baseline_week: "2026-02-02" });
      await putRows(company.db, { targets: [plan] });
      const ask = () => company.ask({ metric: "cwgr", week: WEEK });
      const { trendRate } = await ask();
      await putRows(company.db, { targets: [goal] });
      expect((await ask()).trendRate).toBe(trendRate);
      expect(trendRate).toBeNull();
    });

    test("is the same from cells and sources by every dimension of its card", async () => {
      await putRows(company.db, {
        targets: [yearly(2800), yearly(2500, { dims: { segment: "smb" } })],
      });
      for (const metric of ["cwgr", "catch_up_cwgr"]) {
        for (const by of ["source", "channel", "segment", "region", "tier", "revenue_type"]) {
          const query = { metric, by, week: WEEK, lastWeeks: 3, filters: { channel: ["direct"] } };
          expect(await company.ask(query)).toEqual(await company.ask(query, true));
        }
      }
    });
  });
});

describe("of a flow that is netted week by week", () => {
  const rises = `SELECT w.a, e.account_id, greatest(e.mrr - s.mrr, 0) AS num, 1 AS n
FROM w JOIN customer e ON w.b BETWEEN e.from_day AND e.to_day
JOIN customer s ON s.account_id = e.account_id AND w.a BETWEEN s.from_day AND s.to_day`;
  const keys = {
    unit: "money",
    direction: "up",
    tier: "week_end",
    reads: "[accounts, subscription_periods]",
  };
  beforeAll(async () => {
    company = await askedCompany(aMetric(rises, keys));
    // Up by 100 in every second week and down again in the next; 1 January is a Thursday.
    const days = Array.from({ length: 16 }, (_, i) =>
      Temporal.PlainDate.from("2025-12-24").add({ weeks: i }).toString(),
    );
    await putRows(company.db, {
      tiers: [{ tier: "pro", tier_rank: 1, is_paid: true }],
      accounts: [anAccount("a", { signed_up_at: "2025-06-02T09:00Z" })],
      subscription_periods: days.map((day, i) => ({
        account_id: "a",
        line_id: "p",
        valid_from: `${day}T09:00Z`,
        ...(i + 1 < days.length ? { valid_to: `${days[i + 1]}T09:00Z` } : {}),
        is_primary: true,
        tier: "pro",
        status: "paid",
        mrr: i % 2 === 0 ? 100 : 200,
      })),
    });
    await completeThrough(company.db, "2026-04-13");
    await company.refresh();
  });
  afterAll(() => company.close());

  test("whole weeks are added up, of which those count whose last day the period holds", async () => {
    await putRows(company.db, { targets: [{ ...yearly(2000), metric_id: "own_metric" }] });
    // The account rises on 31 December, 14 January and so on: in eight of the weeks to 12 April.
    const [cells, sources] = [
      await company.ask({ metric: "own_metric", week: WEEK, lastWeeks: 15 }),
      await company.ask({ metric: "own_metric", week: WEEK, lastWeeks: 15 }, true),
    ];
    expect(cells.series.reduce((sum, { value }) => sum + (value ?? 0), 0)).toBe(800);
    expect(cells.target).toMatchObject({ actual: 800, status: "on_track" });
    expect(sources.target).toEqual(cells.target);
  });

  test("a week that the period ends in is the next one's", async () => {
    const until = { ...period("2026-01-05", "2026-04-10"), target_id: "u" };
    await putRows(company.db, {
      targets: [{ ...yearly(900), ...until, metric_id: "own_metric" }],
    });
    const { target } = await company.ask({ metric: "own_metric", week: WEEK });
    expect(target).toMatchObject({ actual: 600, status: "missed" });
  });
});

describe("a target", () => {
  beforeAll(async () => {
    company = await askedCompany();
    await signUps();
  });
  afterAll(() => company.close());

  const target = (more: object) => ({
    ...YEAR,
    target_id: "t",
    metric_id: "weekly_sign_ups",
    value: 3,
    ...more,
  });

  async function signUps(): Promise<void> {
    const accounts = Array.from({ length: 70 }, (_, week) =>
      anAccount(`s${week}`, {
        signed_up_at: `${Temporal.PlainDate.from("2025-01-06").add({ weeks: week })}T09:00Z`,
      }),
    );
    const core = { feature_id: "f", category: "core", is_core: true, ga_on: "2025-01-01" };
    await putRows(company.db, { accounts, features: [core] });
    await completeThrough(company.db, "2026-04-13");
    await company.refresh();
  }

  test.each([
    [{ target_type: "at_least", value: 1 }, "met", ["target_met"]],
    [{ target_type: "at_least", value: 2 }, "missed", ["target_missed"]],
    [{ target_type: "at_most", value: 1 }, "met", ["target_met"]],
    [{ target_type: "band", value: 2, value_hi: 4 }, "below", ["target_missed"]],
    [{ target_type: "band", value: 0, value_hi: 1 }, "inside", ["target_met"]],
    // One a week is projected from four weeks: 14 so far, and 37 weeks and 4 days to come.
    [{ target_type: "cumulative_by_date", value: 50 }, "on_track", []],
    [{ target_type: "cumulative_by_date", value: 54 }, "at_risk", []],
    [{ target_type: "cumulative_by_date", value: 60 }, "off_track", []],
    [{ target_type: "cumulative_by_date", value: 14 }, "met", ["target_met"]],
    [{ target_type: "level_by_date", value: 1, baseline_value: 1 }, "on_track", []],
    [{ target_type: "level_by_date", value: 4, baseline_value: 1 }, "off_track", []],
  ])("%j is %s", async (columns, status, flags) => {
    await putRows(company.db, { targets: [target(columns)] });
    const answer = await company.ask({ metric: "weekly_sign_ups", week: WEEK });
    expect(answer.target?.status).toBe(status);
    expect(answer.flags.filter((flag) => flag.startsWith("target"))).toEqual(flags);
  });

  test.each([
    [{ target_type: "at_least", value: 3 }, "missed"],
    [{ target_type: "at_most", value: 3 }, "met"],
    [{ target_type: "level_by_date", value: 4, baseline_value: 1 }, "off_track"],
    [{ target_type: "cumulative_by_date", value: 50 }, "on_track"],
  ])("%j is judged on one week, whatever window is told", async (columns, status) => {
    await putRows(company.db, { targets: [target(columns)] });
    const [one, four] = await Promise.all(
      [null, 4].map((windowWeeks) =>
        company.ask({ metric: "weekly_sign_ups", week: WEEK, windowWeeks }),
      ),
    );
    expect(four?.figures.value).toBe(4);
    expect(one?.target?.status).toBe(status);
    expect(four?.target).toEqual(one?.target);
  });

  test.each([
    [{ target_type: "at_least", value: 3 }, 12],
    [{ target_type: "cumulative_by_date", value: 365 }, 28],
    // Of the four weeks, the period holds the last ten days.
    [{ target_type: "cumulative_by_date", value: 20, ...period("2026-04-03", "2026-04-22") }, 10],
  ])("%j is compared with a window of four weeks as their share of it", async (columns, aim) => {
    await putRows(company.db, { targets: [target(columns)] });
    const query = {
      metric: "weekly_sign_ups",
      week: WEEK,
      versus: "target",
      windowWeeks: 4,
    } as const;
    expect(await company.ask(query)).toMatchObject({
      previous: { value: expect.closeTo(aim, 9) },
      change: { absolute: expect.closeTo(4 - aim, 9) },
    });
  });

  test("of distinct accounts is not compared with a window of another width", async () => {
    const own = { metric_id: "active_accounts", target_type: "at_least", value: 4 };
    const core = { feature_id: "chat", category: "core", is_core: true, ga_on: "2023-01-01" };
    await putRows(company.db, { targets: [target(own)], features: [core] });
    await company.refresh();
    const ask = (windowWeeks: number) =>
      company.ask({ metric: "active_accounts", week: WEEK, versus: "target", windowWeeks });
    expect((await ask(1)).previous).toMatchObject({ value: 4 });
    expect((await ask(4)).previous).toBeNull();
  });

  test("is what vs target compares with; without one there is no comparison", async () => {
    await putRows(company.db, { targets: [target({ target_type: "at_least", value: 4 })] });
    const ask = (filters = {}) =>
      company.ask({ metric: "weekly_sign_ups", week: WEEK, versus: "target", filters });
    expect(await ask()).toMatchObject({
      versus: "target",
      previous: { value: 4, n: null },
      change: { absolute: -3, relative: -0.75, better: false, p: null },
    });
    expect(await ask({ segment: ["smb"] })).toMatchObject({
      previous: null,
      change: { absolute: null },
      flags: ["no_target"],
    });
  });

  test("is not judged in an open week", async () => {
    await putRows(company.db, { targets: [target({ target_type: "at_least", value: 1 })] });
    const open = await company.ask({ metric: "weekly_sign_ups", week: "2026-04-13" });
    expect(open.target?.status).toBe("no_verdict");
  });

  test("apart, vs year compares with the week 364 days before", async () => {
    const answer = await company.ask({ metric: "weekly_sign_ups", week: WEEK, versus: "year" });
    expect(answer.previous).toMatchObject({ week: "2025-04-07", value: 1 });
    expect(answer.change.absolute).toBe(0);
    const early = await company.ask({
      metric: "weekly_sign_ups",
      week: "2025-06-02",
      versus: "year",
    });
    expect(early.previous).toBeNull();
  });
});
