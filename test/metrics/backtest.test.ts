import { afterEach, describe, expect, test } from "vitest";
import { backtestMetric } from "../../src/metrics/index.ts";
import { completeThrough, putRows } from "../support/rows.ts";
import { type AskedCompany, anAccount, askedCompany } from "./asked-company.ts";

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

async function tested(filters: Record<string, string[]>, exact = false) {
  const metric = company.catalogue.get("weekly_sign_ups");
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
});
