/**
 * The answer about a cohort that has not had its whole time (METRICS.md 1.6). Nothing is compared or
 * judged; the series are the cohorts that are complete. Of a yes or no there is a pair instead of
 * one number, of all else the value as far as it is known.
 */

import { failed, ok, type Result } from "../../result.ts";
import { changeOf } from "../analysis/index.ts";
import type { Answer, Figures, Maturing, WeekStart } from "../answer.ts";
import type { Metric, MetricSettings } from "../catalogue/index.ts";
import { emptyWindow, figuresOf, type Measured } from "../query/measured.ts";
import { runWindows } from "../query/run-windows.ts";
import type { WindowsQuestion } from "../query/windows-question.ts";
import type { QueryFault } from "../query-fault.ts";
import { readScreened } from "../screen/read-screened.ts";
import { NOT_TESTED } from "../verdict-store.ts";
import { addWeeks } from "../week.ts";
import { aboutAnswer, lastPeriods, pointOf, segmentsOf } from "./about-answer.ts";
import { type Asked, measure } from "./asked.ts";
import { tooFew } from "./too-few.ts";

/** Fault too_few_accounts where the cohort must not be told. */
export async function answerMaturing(asked: Asked): Promise<Result<Answer, QueryFault>> {
  const { settings, metric, query, place, filters } = asked;
  const young = youngMetric(metric);
  const [measured = emptyWindow(young, place.week)] = await measureYoung(asked, young, null);
  if (measured.isHidden)
    return failed(await tooFew({ ...asked, metric: young }, place.week, young.window));
  const figures = figuresOf(young, measured);
  return ok({
    ...aboutAnswer(settings, metric, place, { filters }),
    windowWeeks: metric.window,
    status: "maturing",
    flags: (figures.n ?? 0) < metric.n_min ? ["low_n"] : [],
    figures: tellable(metric, figures),
    maturing: metric.maturing === undefined ? null : pairOf(asked, measured),
    previous: null,
    versus: query.versus,
    target: null,
    trendRate: null,
    change: nothingCompared(metric, figures),
    verdict: NOT_TESTED,
    series: await completeCohorts(asked),
    breakdown: await readBreakdown(asked, young),
  });
}

/** num: who is there already; den: who still can be. */
function youngMetric(metric: Metric): Metric {
  const { maturing } = metric;
  return maturing === undefined ? metric : { ...metric, sql: maturing };
}

/** A pair is not one number. */
function tellable<T extends Figures>(metric: Metric, figures: T): T {
  return metric.maturing === undefined ? figures : { ...figures, value: null };
}

function nothingCompared({ direction }: Metric, figures: Figures): Answer["change"] {
  return changeOf(figures, null, { direction, test: null, comparable: false, disjoint: false });
}

/** Never from cells: those are of cohorts that are complete. */
function measureYoung(
  { sql, settings, filters, place, exact, screen }: Asked,
  young: Metric,
  by: string | null,
): Promise<Measured[]> {
  const question = { metric: young, weeks: [place.week], width: young.window, filters, by, exact };
  const read = (plain: WindowsQuestion) => runWindows(sql, settings, plain);
  return screen ? readScreened(screen, question, read) : read(question);
}

async function completeCohorts(asked: Asked): Promise<Answer["series"]> {
  const { metric, query, place } = asked;
  const weeks = lastPeriods(place.final, query.lastWeeks, place.first);
  const series = await measure(asked, weeks, metric.window);
  return series.map((entry) => pointOf(entry.week, figuresOf(metric, entry), "final"));
}

async function readBreakdown(asked: Asked, young: Metric): Promise<Answer["breakdown"]> {
  const { by } = asked.query;
  if (by === null) return null;
  const segments = segmentsOf(young, await measureYoung(asked, young, by));
  return { dimension: by, segments: segments.map((each) => tellable(asked.metric, each)) };
}

function pairOf({ metric, place, settings }: Asked, { num, den, n }: Measured): Maturing {
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
