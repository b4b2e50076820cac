import fc from "fast-check";
import { expect, test } from "vitest";
import type { Database, Sql } from "../../src/db/index.ts";
import {
  type Catalogue,
  defaultSettings,
  loadCatalogue,
  type Metric,
  type MetricSettings,
} from "../../src/metrics/catalogue/index.ts";
import {
  addWeeks,
  answerMetric,
  refresh,
  type WeekStart,
  weekOf,
  weeksFrom,
} from "../../src/metrics/index.ts";
import { figuresOf } from "../../src/metrics/query/measured.ts";
import { inSnapshot } from "../../src/metrics/query/run-windows.ts";
import { readSeries } from "../../src/metrics/read-series.ts";
import { endOf, type Grain, periodOf } from "../../src/periods.ts";
import { freshDatabase } from "../support/database.ts";
import { completeThrough, putRows } from "../support/rows.ts";
import {
  aCompany,
  applyChanges,
  putCompany,
  referredRows,
  someBatches,
} from "./a-changing-company.ts";
import {
  aCohortQuestion,
  anySettings,
  aPeriodQuestion,
  aQuestion,
  someTargets,
} from "./a-question.ts";
import { FIRST_DAY } from "./changing/values.ts";
import {
  createSpecification,
  inSpecification,
  specifiedBetween,
  specifiedFigures,
  specifiedSql,
} from "./specification/specification.ts";

/** Within the last week in which anything happens, so that there is an open one with data. */
const AS_OF = "2024-05-16T07:00:00Z";
const COMPANIES = 2;
const QUESTIONS_A_METRIC = 4;

function near(value: number | null): unknown {
  if (value === null) return null;
  return expect.closeTo(value, Math.abs(value) > 1000 ? 3 : 7);
}

/**
 * The specification has one primary line at a time. Random ones overlap: the later one then holds
 * from its beginning on, as `exact.plan` says.
 */
const LATER_LINES = `
  CREATE OR REPLACE FUNCTION spec.plan_at(d date)
  RETURNS TABLE(account_id text, tier text, tier_rank int, is_paid boolean, status text)
  STABLE LANGUAGE sql SET search_path = spec, source AS $$
    SELECT l.account_id, l.tier, t.tier_rank, t.is_paid, l.status
    FROM (SELECT s.*, lead(s.valid_from) OVER (PARTITION BY s.account_id ORDER BY s.valid_from, s.line_id COLLATE "C") AS next_from
          FROM subscription_periods s JOIN acct USING (account_id)
          WHERE s.is_primary AND (s.valid_to IS NULL OR s.valid_to > s.valid_from)) l
    JOIN tiers t USING (tier)
    WHERE l.valid_from < ts(d) AND least(l.valid_to, l.next_from, 'infinity') >= ts(d) $$`;

/** What comes from cells, facts and sources must be one answer, whatever is asked. */
async function expectOneAnswer(
  db: Database,
  settings: MetricSettings,
  catalogue: Catalogue,
  seed: number,
) {
  const metrics = { db, catalogue, settings };
  for (const metric of catalogue.metrics) {
    const cohorts =
      metric.lag > 0 ? fc.sample(aCohortQuestion(metric, settings), { numRuns: 2, seed }) : [];
    for (const query of [
      ...fc.sample(aQuestion(metric, settings), { numRuns: QUESTIONS_A_METRIC, seed }),
      ...cohorts,
      ...fc.sample(aPeriodQuestion(metric, settings), { numRuns: 2, seed }),
    ]) {
      const answer = await answerMetric(metrics, query);
      expect(answer, JSON.stringify(query)).toEqual(await answerMetric(metrics, query, true));
    }
  }
}

/** The specification's SQL of each week alone. */
async function weeksAddedUp(sql: Sql, { id, denominator }: Metric, week: WeekStart, width: number) {
  const sums = { num: 0, den: 0, n: 0 };
  for (const each of weeksFrom(addWeeks(week, 1 - width), week)) {
    const { num, den, n } = await specifiedFigures(sql, id, each, 1);
    sums.num += num ?? 0;
    sums.den += den ?? 0;
    sums.n += n ?? 0;
  }
  // Where nobody was there is no share, as of a week alone.
  const ratio = sums.den === 0 ? null : sums.num / sums.den;
  return { ...sums, value: denominator === null ? sums.num : ratio };
}

/** Num, den, value and n of windows of any width, against the specification's own SQL. */
async function expectSpecified(
  db: Database,
  settings: MetricSettings,
  catalogue: Catalogue,
  width: number,
) {
  const first = weekOf(Temporal.PlainDate.from(FIRST_DAY), settings.weekStarts);
  const weeks = weeksFrom(addWeeks(first, 1), addWeeks(first, 18));
  const specified = catalogue.metrics.filter(
    ({ id, aggregation }) =>
      id in specifiedSql &&
      // The SQL as given has a fiscal year from January on.
      (aggregation !== "year_to_date" || settings.fiscalYearStarts === 1),
  );
  for (const metric of specified) {
    const own = metric.aggregation === "derived" || metric.aggregation === "year_to_date";
    const k = own ? metric.window : width;
    const question = { metric, weeks, width: k, filters: {}, by: null, exact: true };
    const told = await inSnapshot(db, settings, "exact", async (sql) => {
      await sql.run("SELECT set_config('kpi.as_of', $1, true)", [AS_OF]);
      return readSeries(sql, settings, question);
    });
    await inSpecification(db, settings, AS_OF, async (sql) => {
      for (const each of told) {
        const { value, num, den, n } = figuresOf(metric, each);
        const expected = metric.week_by_week
          ? await weeksAddedUp(sql, metric, each.week, k)
          : await specifiedFigures(sql, metric.id, each.week, k);
        const where = `${metric.id} ${each.week} over ${k}`;
        expect({ value, num: num ?? 0, den: den ?? 0, n: n ?? 0 }, where).toEqual({
          value: near(expected.value),
          num: near(expected.num),
          den: near(expected.den),
          n: expected.n,
        });
      }
    });
  }
}

/** Whole months and quarters, against the specification's own SQL for their days. */
async function expectPeriodsSpecified(
  db: Database,
  settings: MetricSettings,
  catalogue: Catalogue,
  grain: Grain,
) {
  const periods = ["2024-02-10", "2024-04-20"].map((day) =>
    periodOf(Temporal.PlainDate.from(day), settings.weekStarts, grain),
  );
  // Both days may lie in one quarter, and a question asks for a period once.
  const weeks = [...new Set(periods)];
  const specified = catalogue.metrics.filter(
    ({ id, aggregation, week_by_week }) =>
      id in specifiedSql &&
      aggregation !== "derived" &&
      // What each account did in a week is not what it did in a month.
      !(week_by_week && aggregation === "ratio") &&
      (aggregation !== "year_to_date" || settings.fiscalYearStarts === 1),
  );
  for (const metric of specified) {
    const isLevel = metric.aggregation === "last" || metric.aggregation === "reported";
    const width = isLevel ? metric.window : 1;
    const question = { metric, weeks, width, filters: {}, by: null, exact: true, grain };
    const told = await inSnapshot(db, settings, "exact", async (sql) => {
      await sql.run("SELECT set_config('kpi.as_of', $1, true)", [AS_OF]);
      return readSeries(sql, settings, question);
    });
    await inSpecification(db, settings, AS_OF, async (sql) => {
      for (const each of told) {
        const b = endOf(each.week, grain);
        const a = isLevel && width > 1 ? addWeeks(b, -width) : each.week;
        const { value, num, den, n } = figuresOf(metric, each);
        const expected = await specifiedBetween(sql, metric.id, a, b);
        expect(
          { value, num: num ?? 0, den: den ?? 0, n: n ?? 0 },
          `${metric.id} ${a} to ${b}`,
        ).toEqual({
          value: near(expected.value),
          num: near(expected.num),
          den: near(expected.den),
          n: expected.n,
        });
      }
    });
  }
}

test("any question has one answer, from cells or from sources, and the totals are the specification's", {
  timeout: 600_000,
}, async () => {
  const shipped = await loadCatalogue(defaultSettings);
  if (!shipped.ok) throw new Error(JSON.stringify(shipped.fault));
  await fc.assert(
    fc.asyncProperty(
      fc.noBias(aCompany),
      fc.noBias(someBatches),
      fc.noBias(someTargets(shipped.value.metrics)),
      anySettings,
      fc.integer({ min: 1, max: 13 }),
      fc.nat(),
      async (company, batches, targets, chosen, width, seed) => {
        const settings = { ...defaultSettings, ...chosen };
        const loaded = await loadCatalogue(settings);
        if (!loaded.ok) throw new Error(JSON.stringify(loaded.fault));
        const { db, close } = await freshDatabase();
        try {
          await putRows(db, {
            ...referredRows,
            targets,
          });
          await putCompany(db, company);
          await completeThrough(db, AS_OF);
          await refresh(db, settings, loaded.value);
          for (const batch of batches) await applyChanges(db, settings, batch);
          await refresh(db, settings, loaded.value);
          await expectOneAnswer(db, settings, loaded.value, seed);
          await createSpecification(db);
          await db.run(LATER_LINES);
          await expectSpecified(db, settings, loaded.value, width);
          const yearStarts = settings.fiscalYearStarts;
          for (const grain of [{ unit: "month" }, { unit: "quarter", yearStarts }] as const)
            await expectPeriodsSpecified(db, settings, loaded.value, grain);
        } finally {
          await close();
        }
      },
    ),
    { numRuns: COMPANIES, endOnFailure: true },
  );
});
