/** The year so far, a week at a time: of the weeks before a new one a refresh reads only who was there. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { z } from "zod";
import { fillCells } from "../../src/metrics/fill-cells.ts";
import { refreshFacts } from "../../src/metrics/roll-up/refresh-facts.ts";
import { readWatermarks } from "../../src/metrics/watermark.ts";
import { completeThrough, putRows } from "../support/rows.ts";
import { type AskedCompany, anAccount, askedCompany } from "./asked-company.ts";

const FIRST = Temporal.PlainDate.from("2026-01-05");
const WEEKS = 4;
const accounts = ["a", "b", "c", "d"];

// Credits that come to nought with what they are for, in one week or over two, in one kind or in both.
const amounts = fc.array(
  fc.record({
    account_id: fc.constantFrom(...accounts),
    day: fc.integer({ min: 0, max: WEEKS * 7 - 1 }),
    revenue_kind: fc.constantFrom("usage", "subscription"),
    net_amount: fc.constantFrom(-5, 0, 5),
  }),
  { minLength: 8, maxLength: 24 },
);

const cells = z.object({ of: z.string(), row: z.string() });

/** Every cell and count of the metric, as text. */
async function kept({ db }: AskedCompany): Promise<z.infer<typeof cells>[]> {
  return db.rows(
    cells,
    `SELECT 'cell' AS of, (period, dimension_set, tier, codes, num, n)::text AS row FROM cell WHERE metric = 'ytd_revenue'
     UNION ALL
     SELECT 'count', (period, dimension_set, profile, accounts, codes)::text FROM account_count WHERE metric = 'ytd_revenue'
     ORDER BY 1, 2`,
  );
}

/** As a refresh does, of this metric alone. */
async function renew({ db, settings, catalogue }: AskedCompany, full: boolean): Promise<void> {
  const metric = catalogue.get("ytd_revenue");
  if (metric === undefined) throw new Error("there is no ytd_revenue");
  await refreshFacts(db, settings, catalogue, full);
  await fillCells(db, settings, metric, await readWatermarks(db, "facts", []));
}

test("is the same whether its weeks came one by one or all at once", async () => {
  const company = await askedCompany();
  const { db } = company;
  try {
    await putRows(db, {
      tiers: [{ tier: "pro", tier_rank: 1, is_paid: true }],
      models: [
        {
          model_id: "none",
          capability_rank: 0,
          margin_class: "standard",
          available_from: "2020-01-01",
        },
      ],
      accounts: accounts.map((id, i) =>
        anAccount(id, {
          signed_up_at: `2026-01-0${i + 1}T09:00Z`,
          first_paid_at: `2026-01-0${i + 1}T10:00Z`,
          segment: i < 2 ? "smb" : "mid",
        }),
      ),
    });
    await fc.assert(
      fc.asyncProperty(amounts, async (rows) => {
        await db.run("TRUNCATE source.revenue_daily");
        const byKey = new Map(
          rows.map((row) => [`${row.account_id} ${row.day} ${row.revenue_kind}`, row]),
        );
        const revenue_daily = [...byKey.values()].map(({ day, ...row }) => ({
          ...row,
          revenue_date: FIRST.add({ days: day }).toString(),
        }));
        await putRows(db, { revenue_daily });
        await db.run("TRUNCATE cell, account_count");
        for (let week = 1; week <= WEEKS; week++) {
          await completeThrough(db, `${FIRST.add({ weeks: week })}T00:00:00Z`);
          await renew(company, false);
        }
        const oneByOne = await kept(company);
        await renew(company, true);
        expect(oneByOne).toEqual(await kept(company));
        expect(new Set(oneByOne.map(({ of }) => of)).size).toBe(2);
      }),
      { numRuns: 12 },
    );
  } finally {
    await company.close();
  }
}, 240_000);
