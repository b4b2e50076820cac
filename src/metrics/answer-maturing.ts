/**
 * The answer about a cohort that has not had its whole time (METRICS.md 1.6). Nothing is compared or
 * judged; the series are the cohorts that are complete. Of a yes or no there is a pair instead of
 * one number, of all else the value as far as it is known.
 */
import type { Sql } from "../db/index.ts";
import { aboutAnswer, lastWeeks, pointOf, segmentsOf } from "./about-answer.ts";
import { changeOf } from "./analysis/index.ts";
import type { Answer, Maturing, MetricQuery, WeekStart } from "./answer.ts";
import type { Metric, MetricSettings } from "./catalogue/index.ts";
import { canonicalFilters } from "./filters.ts";
import type { PlaceInTime } from "./place-in-time.ts";
import { emptyWindow, figuresOf, type Measured } from "./query/measured.ts";
import { runWindows } from "./query/run-windows.ts";
import { readSeries } from "./read-series.ts";
import { NOT_TESTED } from "./verdict-store.ts";
import { addWeeks } from "./week.ts";

/** `sql` is that of `inSnapshot`, and knows `kpi.as_of`. */
export async function answerMaturing(
  sql: Sql,
  settings: MetricSettings,
  metric: Metric,
  query: MetricQuery,
  place: PlaceInTime,
  exact: boolean,
): Promise<Answer> {
  const filters = canonicalFilters(query.filters);
  const young = youngMetric(metric);
  const [measured = emptyWindow(young, place.week)] = await youngCohort(young, null);
  const figures = figuresOf(young, measured);
  const { direction, n_min } = metric;
  const nothing = { direction, test: null, comparable: false, disjoint: false };
  return {
    ...aboutAnswer(settings, metric, place, filters),
    windowWeeks: metric.window,
    status: "maturing",
    flags: (figures.n ?? 0) < n_min ? ["low_n"] : [],
    figures: metric.maturing === undefined ? figures : { ...figures, value: null },
    maturing: metric.maturing === undefined ? null : pairOf(measured, metric, place, settings),
    previous: null,
    versus: query.versus,
    target: null,
    trendRate: null,
    change: changeOf(figures, null, nothing),
    verdict: NOT_TESTED,
    series: await completeCohorts(),
    breakdown: await breakdown(query.by),
  };

  function youngCohort(of: Metric, by: string | null): Promise<Measured[]> {
    const weeks = [place.week];
    return runWindows(sql, settings, { metric: of, weeks, width: metric.window, filters, by });
  }

  async function completeCohorts(): Promise<Answer["series"]> {
    const weeks = lastWeeks(place.final, query.lastWeeks, place.first);
    const question = { metric, weeks, width: metric.window, filters, by: null, exact };
    const series = await readSeries(sql, settings, question);
    return series.map((entry) => pointOf(entry.week, figuresOf(metric, entry), "final"));
  }

  async function breakdown(by: string | null): Promise<Answer["breakdown"]> {
    if (by === null) return null;
    const segments = segmentsOf(young, await youngCohort(young, by));
    return {
      dimension: by,
      segments: segments.map((segment) =>
        metric.maturing === undefined ? segment : { ...segment, value: null },
      ),
    };
  }
}

/** num: who is there already; den: who still can be. */
function youngMetric(metric: Metric): Metric {
  const { maturing } = metric;
  return maturing === undefined ? metric : { ...metric, sql: maturing };
}

function pairOf(
  { num, den, n }: Measured,
  metric: Metric,
  place: PlaceInTime,
  settings: MetricSettings,
): Maturing {
  return {
    already: Number(num),
    possible: Number(den),
    n,
    elapsedWeeks: elapsedWeeks(addWeeks(place.week, -metric.lag), place.asOf, settings),
  };
}

/** Whole weeks that the last to sign up has had. */
function elapsedWeeks(
  cohort: WeekStart,
  asOf: Temporal.Instant,
  { timeZone }: MetricSettings,
): number {
  const last = Temporal.PlainDate.from(cohort).add({ days: 6 });
  const today = asOf.toZonedDateTimeISO(timeZone).toPlainDate();
  return Math.max(0, Math.floor(last.until(today, { largestUnit: "day" }).days / 7));
}
