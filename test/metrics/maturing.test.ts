/** What is told of a young cohort leaves room for what comes of it (METRICS.md 1.6), whatever the metric. */
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Database } from "../../src/db/index.ts";
import { defaultSettings, loadCatalogue, type Metric } from "../../src/metrics/catalogue/index.ts";
import { addWeeks, type WeekStart, weeksFrom } from "../../src/metrics/index.ts";
import { inSnapshot, runWindows } from "../../src/metrics/query/run-windows.ts";
import { freshDatabase } from "../support/database.ts";
import { putRows } from "../support/rows.ts";
import { aCompany, putCompany, referredRows } from "./a-changing-company.ts";
import { FIRST_DAY } from "./changing/values.ts";

/** The last is after everything, when even the youngest have had their time. */
const INSTANTS = ["2024-03-06T09:00Z", "2024-04-13T00:00Z", "2026-01-01T00:00Z"];

/** Its cohort is of releases, which accounts join that become active while the 28 days run. */
const stillJoined = ["feature_adoption_post_release"];

async function sumsByWeek(db: Database, metric: Metric, weeks: readonly WeekStart[], asOf: string) {
  const question = { metric, weeks, width: metric.window, filters: {}, by: null };
  const rows = await inSnapshot(db, defaultSettings, "exact", async (sql) => {
    await sql.run("SELECT set_config('kpi.as_of', $1, true)", [asOf]);
    return runWindows(sql, defaultSettings, question);
  });
  return new Map(rows.map(({ week, num, den, n }) => [week, [Number(num), Number(den), n]]));
}

test("who is there already are no more than come to it, who still can be no fewer, and in the end both are the same", {
  timeout: 300_000,
}, async () => {
  const loaded = await loadCatalogue(defaultSettings);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.fault));
  const cohorts = loaded.value.metrics.filter(
    ({ id, maturing }) => maturing !== undefined && !stillJoined.includes(id),
  );
  expect(cohorts.length).toBeGreaterThan(10);
  const weeks = weeksFrom(FIRST_DAY, addWeeks(FIRST_DAY, 24));
  await fc.assert(
    fc.asyncProperty(fc.noBias(aCompany), async (company) => {
      const { db, close } = await freshDatabase();
      try {
        await putRows(db, referredRows);
        await putCompany(db, company);
        for (const metric of cohorts) {
          const ended = await sumsByWeek(db, metric, weeks, INSTANTS.at(-1) ?? "");
          const young = { ...metric, sql: metric.maturing ?? "" };
          for (const asOf of INSTANTS) {
            const told = await sumsByWeek(db, young, weeks, asOf);
            for (const [week, [num = 0, , n = 0]] of ended) {
              // A cohort is asked for once its own week is over.
              if (addWeeks(week, 1 - metric.lag) > asOf.slice(0, 10)) continue;
              const [already = 0, possible = 0, members] = told.get(week) ?? [];
              const where = `${metric.id} ${week} at ${asOf}`;
              expect(already, where).toBeLessThanOrEqual(num);
              expect(possible, where).toBeGreaterThanOrEqual(num);
              if (asOf === INSTANTS.at(-1))
                expect([already, possible, members], where).toEqual([num, num, n]);
            }
          }
        }
      } finally {
        await close();
      }
    }),
    { numRuns: 1, endOnFailure: true },
  );
});
