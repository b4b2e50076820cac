import fc from "fast-check";
import { expect, test } from "vitest";
import { z } from "zod";
import { type Database, isConnectionLoss } from "../../src/db/index.ts";
import {
  type Catalogue,
  defaultSettings,
  loadCatalogue,
  type Metric,
  type MetricSettings,
} from "../../src/metrics/catalogue/index.ts";
import { addWeeks, refresh, weekOf } from "../../src/metrics/index.ts";
import { figuresOf } from "../../src/metrics/query/measured.ts";
import { inSnapshot } from "../../src/metrics/query/run-windows.ts";
import { readSeries } from "../../src/metrics/read-series.ts";
import { hasMonths, MONTH } from "../../src/metrics/roll-up/cell-key.ts";
import type { SeriesQuestion } from "../../src/metrics/series-question.ts";
import { periodsFrom } from "../../src/periods.ts";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";
import { completeThrough, putRows } from "../support/rows.ts";
import {
  aCompany,
  applyChanges,
  putCompany,
  referredRows,
  someBatches,
} from "./a-changing-company.ts";
import { FIRST_DAY } from "./changing/values.ts";
import { cutOffAt } from "./cut-off.ts";

const settingsOf = fc.record({
  timeZone: fc.constantFrom("UTC", "America/New_York", "Asia/Kolkata"),
  weekStarts: fc.integer({ min: 1, max: 7 }),
  fiscalYearStarts: fc.constantFrom(1, 4, 5),
});
const WIDTHS = [1, 2, 4, 13];

/** What the metric is for a width, by each dimension and in total, in every week. */
async function allFigures(
  db: Database,
  settings: MetricSettings,
  metric: Metric,
  width: number,
  exact: boolean,
) {
  const first = weekOf(Temporal.PlainDate.from(FIRST_DAY), settings.weekStarts);
  const weeks = periodsFrom(first, addWeeks(first, 19));
  return inSnapshot(db, settings, exact ? "exact" : "facts", async (sql) => {
    const rows: Record<string, unknown> = {};
    const read = async (question: SeriesQuestion): Promise<void> => {
      for (const each of await readSeries(sql, settings, question))
        rows[`${question.by}=${each.segment} ${each.week} ${question.grain?.unit}`] = figuresOf(
          metric,
          each,
        );
    };
    for (const by of [null, ...metric.dimensions])
      await read({ metric, weeks, width, filters: {}, by, exact });
    if (hasMonths(metric)) {
      const grain = width % 2 === 0 ? MONTH : ({ unit: "quarter", yearStarts: 1 } as const);
      const periods = periodsFrom("2024-01-01", "2024-04-01", grain);
      for (const by of [null, metric.dimensions[width % metric.dimensions.length] ?? null])
        await read({ metric, weeks: periods, width: 1, filters: {}, by, exact, grain });
    }
    return rows;
  });
}

/** What is read and renewed alike is compared once. */
function isFirstOfItsShape(metric: Metric, _: number, metrics: readonly Metric[]): boolean {
  const shape = ({ reads, lag, window, lookback, lookahead, tier, ...metric }: Metric): string => {
    const { aggregation, week_by_week, values, n, test: kind } = metric;
    const adds = [aggregation, week_by_week, values, n, kind === "nps"];
    return JSON.stringify([reads, lag, window, lookback, lookahead, tier, adds]);
  };
  return metrics.find((other) => shape(other) === shape(metric)) === metric;
}

async function expectCellsToEqualSources(
  db: Database,
  settings: MetricSettings,
  catalogue: Catalogue,
  widths: readonly number[],
): Promise<void> {
  for (const [i, metric] of catalogue.metrics.filter(isFirstOfItsShape).entries()) {
    const width = widths[i % widths.length] ?? metric.window;
    expect(await allFigures(db, settings, metric, width, false), metric.id).toEqual(
      await allFigures(db, settings, metric, width, true),
    );
  }
}

const relations = [
  ...["account", "plan", "customer", "usage_day", "first_use"],
  ...["member", "built", "renewal"],
];

/** Row by row, whatever a metric makes of them. */
async function expectFactsToEqualSources(db: Database, settings: MetricSettings): Promise<void> {
  await db.transaction(
    async (sql) => {
      for (const name of relations) {
        const [facts, exact] = [`TABLE facts.${name}`, `TABLE exact.${name}`];
        const differ = `(${facts} EXCEPT ALL ${exact}) UNION ALL (${exact} EXCEPT ALL ${facts})`;
        expect(await sql.rows(z.unknown(), differ), name).toEqual([]);
      }
    },
    { settings: { "kpi.tz": settings.timeZone } },
  );
}

/** How cells are brought up to date: in one go, after one that was killed anywhere, or by two at once. */
type Way = { kind: "whole" } | { kind: "cut off"; at: number } | { kind: "two at once" };
const someWays: fc.Arbitrary<Way[]> = fc.array(
  fc.oneof<fc.Arbitrary<Way>[]>(
    fc.constant({ kind: "whole" }),
    // A refresh of a batch has some hundred statements, a third of them for the facts.
    fc.record({ kind: fc.constant("cut off"), at: fc.integer({ min: 2, max: 250 }) }),
    fc.constant({ kind: "two at once" }),
  ),
  { minLength: 8, maxLength: 8 },
);

async function refreshAs(
  way: Way | undefined,
  { db, url }: FreshDatabase,
  settings: MetricSettings,
  catalogue: Catalogue,
): Promise<void> {
  const others: Promise<unknown>[] = [];
  if (way?.kind === "two at once") others.push(refresh(db, settings, catalogue));
  if (way?.kind === "cut off") {
    const victim = cutOffAt(way.at, url, db);
    // It may have come to its end before.
    await refresh(victim, settings, catalogue).catch((error: unknown) => {
      if (!isConnectionLoss(error)) throw error;
    });
    await victim.interrupt();
    await victim.close().catch(() => {});
  }
  const { failed } = await refresh(db, settings, catalogue);
  expect(failed).toEqual([]);
  await Promise.all(others);
}

test("whatever comes, changes and goes, the cells of every metric equal its sources", {
  timeout: 600_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(
      // Few runs: without bias, which would begin with companies of one account and one day.
      fc.noBias(aCompany),
      fc.noBias(someBatches),
      fc.array(fc.constantFrom(...WIDTHS), { minLength: 3, maxLength: 3 }),
      settingsOf,
      someWays,
      async (company, batches, widths, chosen, ways) => {
        const settings = { ...defaultSettings, ...chosen };
        const loaded = await loadCatalogue(settings);
        if (!loaded.ok) throw new Error(JSON.stringify(loaded.fault));
        const database = await freshDatabase();
        const { db, close } = database;
        try {
          await putRows(db, referredRows);
          await putCompany(db, company);
          await completeThrough(db, "2024-06-05T00:00Z");
          await refresh(db, settings, loaded.value);
          for (const [i, batch] of batches.entries()) {
            await applyChanges(db, settings, batch);
            await refreshAs(ways[i], database, settings, loaded.value);
            await expectFactsToEqualSources(db, settings);
            await expectCellsToEqualSources(db, settings, loaded.value, widths);
          }
        } finally {
          await close();
        }
      },
    ),
    { numRuns: 2, endOnFailure: true },
  );
});
