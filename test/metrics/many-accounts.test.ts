/** Accounts are counted for each question of a sensitive metric in chat, over two years of weeks. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import type { Sql } from "../../src/db/index.ts";
import { answerMetric, totalQuestion } from "../../src/metrics/index.ts";
import { inSnapshot } from "../../src/metrics/query/run-windows.ts";
import { countAccounts } from "../../src/metrics/screen/count-accounts.ts";
import { addWeeks, weeksFrom } from "../../src/metrics/week.ts";
import { minimumCohort } from "../../src/policy/index.ts";
import { completeThrough, putRows } from "../support/rows.ts";
import { type AskedCompany, anAccount, askedCompany } from "./asked-company.ts";

const ACCOUNTS = 200;
const WEEKS = 104;
const LAST = "2026-03-09";

let company: AskedCompany;
beforeAll(async () => {
  company = await askedCompany();
  const accounts = Array.from({ length: ACCOUNTS }, (_, i) => `a${i}`);
  await putRows(company.db, {
    tiers: [{ tier: "pro", tier_rank: 1, is_paid: true }],
    accounts: accounts.map((id) => anAccount(id, { signed_up_at: "2024-01-01T09:00Z" })),
    subscription_periods: accounts.map((account_id) => ({
      account_id,
      line_id: "main",
      valid_from: "2024-01-01T09:00Z",
      is_primary: true,
      tier: "pro",
      status: "paid",
      mrr: 100,
    })),
  });
  await company.db.run(
    `INSERT INTO source.revenue_daily (account_id, revenue_date, revenue_kind, net_amount)
     SELECT account_id, DATE '2024-03-18' + 7 * w, 'usage', 100
     FROM source.accounts, generate_series(0, ${WEEKS - 1}) w`,
  );
  await completeThrough(company.db, "2026-03-16T00:00Z");
  await company.refresh();
});
afterAll(() => company.close());

/** How many pairs of rows the count of two years has compared for nothing, and what it found. */
async function counted(id: string, dimensions: readonly string[]) {
  const { db, catalogue, settings } = company;
  const metric = catalogue.get(id);
  if (metric === undefined) throw new Error(id);
  const weeks = weeksFrom(addWeeks(LAST, 1 - WEEKS), LAST);
  let compared = 0;
  const found = await inSnapshot(db, settings, "facts", async (sql) => {
    const explaining: Sql = {
      run: (...given) => sql.run(...given),
      copyIn: (...given) => sql.copyIn(...given),
      copyOut: (...given) => sql.copyOut(...given),
      asGuest: (...given) => sql.asGuest(...given),
      rows: async (shape, text, values) => {
        const line = z.object({ "QUERY PLAN": z.string() });
        const plan = await sql.rows(line, `EXPLAIN ANALYZE ${text}`, values);
        for (const { "QUERY PLAN": said } of plan)
          compared += Number(/Rows Removed by Join Filter: (\d+)/.exec(said)?.[1] ?? 0);
        return sql.rows(shape, text, values);
      },
    };
    return countAccounts(explaining, settings, { metric, weeks, width: 1, dimensions });
  });
  return { compared, found };
}

test.each([
  ["mrr", []],
  ["weekly_revenue", []],
  ["weekly_revenue", ["tier"]],
  ["ytd_revenue", []],
  ["ytd_revenue", ["tier"]],
])("%s by %j is counted without holding each row against each week", async (id, dimensions) => {
  const { compared, found } = await counted(id, dimensions);
  const [profile] = found.get(LAST) ?? [];
  expect(profile?.accounts).toBe(ACCOUNTS);
  expect(compared).toBeLessThan(2 * ACCOUNTS * WEEKS);
});

test("a question about a whole metric counts the weeks that its verdicts rest on, and no others", async () => {
  const { db, catalogue, settings } = company;
  let weeks = 0;
  const discretion = {
    ...minimumCohort,
    mayTell: () => {
      weeks++;
      return true;
    },
  };
  const question = totalQuestion("mrr", LAST, 1);
  const answer = await answerMetric({ db, catalogue, settings, discretion }, question);
  expect(answer.ok).toBe(true);
  // Half a year before the week; its own window, the one before and the targets' are asked for besides.
  expect(weeks).toBeLessThan(40);
});
