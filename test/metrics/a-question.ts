/** Any question about a company of a-changing-company.ts, and the targets that it may have. */

import fc from "fast-check";
import type { Metric, MetricSettings } from "../../src/metrics/catalogue/index.ts";
import { addWeeks, type MetricQuery, weekOf } from "../../src/metrics/index.ts";
import { type Grain, periodOf } from "../../src/periods.ts";
import { FIRST_DAY } from "./changing/values.ts";

/** Zones whose clocks turn within the twenty weeks, some of them at midnight, and some that never turn. */
export const anySettings: fc.Arbitrary<
  Pick<MetricSettings, "timeZone" | "weekStarts" | "fiscalYearStarts">
> = fc.record({
  timeZone: fc.constantFrom(
    "UTC",
    "America/New_York",
    "America/Santiago",
    "Africa/Cairo",
    "Asia/Kolkata",
    "Australia/Lord_Howe",
    "Pacific/Kiritimati",
  ),
  weekStarts: fc.integer({ min: 1, max: 7 }),
  fiscalYearStarts: fc.integer({ min: 1, max: 12 }),
});

/** Values that there are, one that there is not, and units without any. */
const valuesOf: Readonly<Record<string, readonly string[]>> = {
  source: ["campaign", "referral"],
  channel: ["direct", "paid"],
  campaign: ["none", "spring"],
  segment: ["smb", "enterprise"],
  region: ["eu", "us"],
  tier: ["free", "pro", "enterprise", "(none)"],
  feature: ["core", "extra", "steady"],
  journey: ["export", "invite"],
  service: ["api", "web"],
  severity: ["1", "2", "3"],
  pool: ["cpu", "gpu"],
  model: ["none", "large"],
  revenue_type: ["acquisition", "existing"],
  revenue_kind: ["subscription", "usage"],
  tenure: ["1", "2-6", "1-13", "9-20"],
};

function someValues(dimension: string): fc.Arbitrary<string[]> {
  const known = valuesOf[dimension] ?? [];
  const others = dimension === "tenure" ? [] : ["nowhere"];
  return fc.subarray([...known, ...others], { minLength: 1 });
}

function someFilters(dimensions: readonly string[]): fc.Arbitrary<Record<string, string[]>> {
  return fc
    .subarray([...dimensions], { maxLength: Math.min(3, dimensions.length) })
    .chain((names) => fc.record(Object.fromEntries(names.map((name) => [name, someValues(name)]))));
}

/** Without tenure in half of them: it is never answered from cells. */
export function aQuestion(metric: Metric, { weekStarts }: Pick<MetricSettings, "weekStarts">) {
  const first = weekOf(Temporal.PlainDate.from(FIRST_DAY), weekStarts);
  const week = fc.integer({ min: 0, max: 22 }).map((weeks) => addWeeks(first, weeks));
  const tenure = metric.tier === "none" || metric.parts.length > 0 ? [] : ["tenure"];
  const dimensions = fc.constantFrom(metric.dimensions, [...metric.dimensions, ...tenure]);
  return fc.record<MetricQuery>({
    metric: fc.constant(metric.id),
    filters: dimensions.chain(someFilters),
    by:
      metric.dimensions.length === 0
        ? fc.constant(null)
        : fc.option(fc.constantFrom(...metric.dimensions)),
    week: fc.option(week),
    cohort: fc.constant(null),
    windowWeeks: fc.option(fc.integer({ min: 1, max: 14 })),
    lastWeeks: fc.integer({ min: 1, max: 5 }),
    versus: fc.constantFrom("prev", "year", "target"),
  });
}

/** The same of a cohort asked for by name. */
export function aCohortQuestion(metric: Metric, settings: Pick<MetricSettings, "weekStarts">) {
  const question = aQuestion(metric, settings);
  return question.map((query) => ({ ...query, cohort: query.week, week: null }));
}

/** The same of a month or a quarter, of which there is no window, and which no target is held against. */
export function aPeriodQuestion(
  metric: Metric,
  settings: Pick<MetricSettings, "weekStarts" | "fiscalYearStarts">,
) {
  const { fiscalYearStarts: yearStarts, weekStarts } = settings;
  const grain = fc.constantFrom<Grain>({ unit: "month" }, { unit: "quarter", yearStarts });
  return fc.tuple(aQuestion(metric, settings), grain).map(([query, grain]): MetricQuery => {
    const week = query.week && periodOf(Temporal.PlainDate.from(query.week), weekStarts, grain);
    const versus = query.versus === "year" ? "year" : "prev";
    return { ...query, grain, week, windowWeeks: null, versus };
  });
}

/** Rows of `targets`, of any kind and for any segment, in order. */
export function someTargets(metrics: readonly Metric[]) {
  const day = fc
    .integer({ min: -20, max: 200 })
    .map((days) => Temporal.PlainDate.from(FIRST_DAY).add({ days }).toString());
  const target = fc.constantFrom(...metrics).chain((metric) =>
    fc.record({
      metric_id: fc.constant(metric.id),
      dims: fc
        .subarray([...metric.dimensions], { maxLength: Math.min(1, metric.dimensions.length) })
        .map((names) => Object.fromEntries(names.map((name) => [name, valuesOf[name]?.[0]]))),
      target_type: fc.constantFrom(
        ...(["cumulative_by_date", "level_by_date", "at_least", "at_most", "band"] as const),
      ),
      value: fc.integer({ min: 0, max: 400 }),
      period: fc.tuple(day, day).map((days) => days.sort()),
      baseline_week: fc.option(day),
      baseline_value: fc.option(fc.integer({ min: 0, max: 200 })),
    }),
  );
  return fc.array(target, { minLength: 30, maxLength: 60 }).map((targets) =>
    targets.map(({ period: [period_start, period_end], ...row }, i) => ({
      ...row,
      target_id: `t${i}`,
      value_hi: row.target_type === "band" ? row.value + 50 : null,
      period_start,
      period_end,
    })),
  );
}
