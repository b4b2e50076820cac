import { afterEach, describe, expect, test } from "vitest";
import { backtestMetric } from "../../src/metrics/index.ts";
import { completeThrough, putRows } from "../support/rows.ts";
import { type AskedCompany, aMetric, anAccount, askedCompany } from "./asked-company.ts";

let company: AskedCompany;
const MONDAY = Temporal.PlainDate.from("2026-01-05");

/** 40 weeks of 9 or 10 sign-ups, but for four times as many in each week from week 36 on. */
async function aCompany(): Promise<AskedCompany> {
  company = await askedCompany();
  const accounts = Array.from({ length: 40 }, (_, week) =>
    Array.from({ length: (week >= 36 ? 40 : 9) + (week % 2) }, (_, i) =>
      anAccount(`a${week}-${i}`, { signed_up_at: `${MONDAY.add({ weeks: week })}T09:00Z` }),
    ),
  ).flat();
  await putRows(company.db, { accounts });
  await completeThrough(company.db, `${MONDAY.add({ weeks: 40 })}`);
  await company.refresh();
  return company;
}

async function tested(filters: Record<string, string[]>, exact = false, id = "weekly_sign_ups") {
  const metric = company.catalogue.get(id);
  if (metric === undefined) throw new Error("no metric");
  const result = await backtestMetric(company, { metric, filters, week: null }, exact);
  if (!result.ok) throw new Error(JSON.stringify(result.fault));
  return result.value;
}

describe("a backtest of a metric", () => {
  afterEach(() => company.close());

  test("tells every week from the first, and what would have been called", async () => {
    await aCompany();
    const { weeks, movements } = await tested({});
    expect(weeks).toHaveLength(40);
    expect(weeks[0]).toMatchObject({
      week: "2026-01-05",
      value: 9,
      verdict: { word: "too_few_weeks" },
    });
    expect(movements).toMatchObject([
      {
        from: MONDAY.add({ weeks: 36 }).toString(),
        to: MONDAY.add({ weeks: 39 }).toString(),
        by: "signal",
        direction: 1,
        value: 40,
      },
    ]);
    // The stored verdict keeps the value that it judged.
    for (const { value, verdict } of weeks.slice(12)) expect(verdict.value).toBe(value);
  });

  test("with filters is judged by itself, the same from cells and sources", async () => {
    await aCompany();
    const filtered = await tested({ segment: ["smb"] });
    expect(filtered.movements).toHaveLength(1);
    expect(await tested({ segment: ["smb"] }, true)).toEqual(filtered);
  });

  test("of a metric without accounts begins with its own data, before anybody signed up", async () => {
    const sql = `SELECT w.a, m.sessions AS num, m.sessions AS n
FROM w JOIN marketing_daily m ON m.day >= w.a AND m.day < w.b`;
    const keys = { dimensions: "[]", tier: "none", reads: "[marketing_daily]" };
    company = await askedCompany(aMetric(sql, keys));
    await putRows(company.db, {
      channels: [{ channel: "direct", is_organic: false }],
      campaigns: [{ campaign_id: "none", kind: "other", channel: "direct" }],
      marketing_daily: Array.from({ length: 40 }, (_, week) => ({
        day: MONDAY.add({ weeks: week }).toString(),
        channel: "direct",
        sessions: (week >= 34 ? 900 : 200) + 10 * (week % 3),
      })),
      accounts: [anAccount("a", { signed_up_at: `${MONDAY.add({ weeks: 30 })}T09:00Z` })],
    });
    await completeThrough(company.db, `${MONDAY.add({ weeks: 40 })}`);
    await company.refresh();
    const { weeks, movements } = await tested({}, false, "own_metric");
    expect(weeks[0]).toMatchObject({ week: MONDAY.toString(), value: 200 });
    expect(movements[0]).toMatchObject({ from: MONDAY.add({ weeks: 34 }).toString() });
  });

  test("calls no alarm when a table is written for the first time: what was not counted was not 0", async () => {
    const sql = `SELECT w.a, t.account_id, t.created_at AS at, 1 AS num, 1 AS n
FROM w JOIN tickets t ON t.created_at >= ts(w.a) AND t.created_at < ts(w.b)`;
    company = await askedCompany(aMetric(sql));
    const tickets = Array.from({ length: 4 }, (_, week) =>
      Array.from({ length: 20 + week }, (_, i) => ({
        account_id: "a",
        ticket_id: `t${week}-${i}`,
        created_at: `${MONDAY.add({ weeks: 36 + week })}T10:00Z`,
      })),
    ).flat();
    const signed_up_at = `${MONDAY}T09:00Z`;
    await putRows(company.db, { accounts: [anAccount("a", { signed_up_at })], tickets });
    await completeThrough(company.db, `${MONDAY.add({ weeks: 40 })}`);
    await company.refresh();
    for (const filters of [{}, { segment: ["smb"] }]) {
      const { weeks, movements } = await tested(filters, false, "own_metric");
      expect(weeks.slice(35, 37).map((each) => each.value)).toEqual([0, 20]);
      expect(weeks[36]?.verdict.word).toBe("too_few_weeks");
      expect(movements).toEqual([]);
    }
  });
});
