/**
 * What holds for every company, whatever its calendar: the identities of METRICS.md 1.9, segments
 * that add up to the total, and no look-ahead. Over whatever the catalogue has, from the sources.
 */
import fc from "fast-check";
import { expect, test } from "vitest";
import { defaultSettings, loadCatalogue } from "../../src/metrics/catalogue/index.ts";
import { notAddedUp } from "../../src/metrics/check/adds-up.ts";
import { endOf, type Grain, periodOf, periodsFrom } from "../../src/periods.ts";
import { freshDatabase } from "../support/database.ts";
import { putRows } from "../support/rows.ts";
import { aCompany, putCompany, referredRows } from "./a-changing-company.ts";
import { anySettings } from "./a-question.ts";
import { forgetFrom, settle } from "./any-company/forget.ts";
import {
  expectActiveAccountsToWalk,
  expectIdentity,
  identities,
} from "./any-company/identities.ts";
import { type Company, figures, inCompany, measure } from "./any-company/read.ts";

const COMPANIES = 2;

async function expectSegmentsToAddUp(company: Company): Promise<void> {
  for (const metric of company.catalogue.metrics) {
    const width = company.grain === undefined ? metric.window : 1;
    const totals = await measure(company, metric.id, { width });
    const read = (by: string) => measure(company, metric.id, { width, by });
    expect(await notAddedUp(metric, totals, read), metric.id).toEqual([]);
  }
}

/** What every metric says of a period, in total and by one of its dimensions. */
async function told(company: Company, pick: number): Promise<Map<string, unknown>> {
  const said = new Map<string, unknown>();
  for (const metric of company.catalogue.metrics) {
    const width = company.grain === undefined ? metric.window : 1;
    for (const by of [null, metric.dimensions[pick % metric.dimensions.length] ?? null])
      said.set(`${metric.id} by ${by}`, await figures(company, metric.id, { width, by }));
  }
  return said;
}

const THROUGH = "2024-06-05";

test("identities hold, segments add up, and nothing rests on what came later, by weeks and by months", {
  timeout: 600_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.noBias(aCompany),
      anySettings,
      fc.constantFrom<(Grain | undefined)[]>(undefined, { unit: "month" }),
      fc.nat(1000),
      async (company, chosen, grain, pick) => {
        const settings = { ...defaultSettings, ...chosen };
        const loaded = await loadCatalogue(settings);
        if (!loaded.ok) throw new Error(JSON.stringify(loaded.fault));
        const { db, close } = await freshDatabase();
        const of = (day: string) =>
          periodOf(Temporal.PlainDate.from(day), settings.weekStarts, grain);
        const known = { settings, catalogue: loaded.value, grain };
        try {
          await putRows(db, referredRows);
          await putCompany(db, company);
          await settle(db);
          const periods = periodsFrom(of("2024-01-29"), of("2024-05-02"), grain);
          await inCompany(db, settings, THROUGH, async (sql) => {
            const whole = { ...known, sql, periods };
            for (const identity of identities) await expectIdentity(whole, identity);
            await expectActiveAccountsToWalk(whole);
            await expectSegmentsToAddUp(whole);
          });
          const last = periods[pick % periods.length] ?? "";
          const cut = endOf(last, grain);
          const look = (through: string) =>
            inCompany(db, settings, through, (sql) =>
              told({ ...known, sql, periods: [last] }, pick),
            );
          const before = await look(THROUGH);
          await forgetFrom(db, settings, cut);
          const after = await look(cut);
          for (const [what, said] of before) expect(after.get(what), what).toEqual(said);
        } finally {
          await close();
        }
      },
    ),
    { numRuns: COMPANIES, endOnFailure: true },
  );
});
