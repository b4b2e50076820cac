/** What alarms there would have been: every past week judged as its Monday would have judged it. */
import type { Sql } from "../db/index.ts";
import { failed, ok, type Result } from "../result.ts";
import { type VerdictSeries, walkVerdicts } from "./analysis/index.ts";
import type { Direction, Filters, Unit, Verdict, WeekStart } from "./answer.ts";
import type { Metrics } from "./answer-metric.ts";
import { tooFew } from "./answering/too-few.ts";
import type { Metric, MetricSettings } from "./catalogue/index.ts";
import { canonicalFilters } from "./filters.ts";
import { firstWalkedWeek, judge } from "./judge.ts";
import { orOwnSqlFault } from "./own-sql-failed.ts";
import { placeInTime } from "./place-in-time.ts";
import { figuresOf } from "./query/measured.ts";
import { inSnapshot } from "./query/run-windows.ts";
import type { QueryFault } from "./query-fault.ts";
import { readSeries } from "./read-series.ts";
import { discretionFor, screenOf } from "./screen/screen.ts";
import { screenFault } from "./screen/screen-fault.ts";
import type { SeriesQuestion } from "./series-question.ts";
import { NOT_TESTED, tellable } from "./verdict-store.ts";
import { addWeeks, weeksFrom } from "./week.ts";

export interface Backtest {
  name: string;
  unit: Unit;
  direction: Direction;
  filters: Filters;
  /** What the numbers are; null: of a file. */
  source: { metric: string; specVersion: string; asOf: string; timeZone: string } | null;
  /** The kind of observation; null: never tested. */
  test: string | null;
  /** Every calendar week from the first, oldest first. */
  weeks: readonly BacktestWeek[];
  movements: readonly BacktestMovement[];
  /** Some of the weeks are of too few accounts to be told. */
  withheld: boolean;
}

export interface BacktestWeek {
  week: WeekStart;
  /** Of the week alone. */
  value: number | null;
  verdict: Verdict;
}

/** A departure that was called, as its weeks tell it. */
export interface BacktestMovement {
  from: WeekStart;
  /** The last week in which it held. */
  to: WeekStart;
  /** The week whose verdict called it, and what it said then. */
  calledIn: WeekStart;
  by: "signal" | "run";
  direction: 1 | -1;
  value: number | null;
  expected: number | null;
}

export interface BacktestQuestion {
  metric: Metric;
  filters: Filters;
  /** The last week; null: the latest final one. */
  week: WeekStart | null;
}

/**
 * Of a metric without filters the verdicts are those of its family, as they are stored; a filtered
 * one is a family of its own. Faults: week_out_of_range, no_data, own_sql, too_few_accounts, not_cut_in_chat.
 */
export async function backtestMetric(
  { db, settings, discretion }: Metrics,
  { metric, filters, week }: BacktestQuestion,
  exact: boolean,
): Promise<Result<Backtest, QueryFault>> {
  const relation = exact ? "exact" : "facts";
  const screened = discretionFor(metric, discretion);
  const fault = screened ? screenFault(metric, { filters, by: null }) : null;
  if (fault !== null) return failed(fault);
  const read = async (sql: Sql): Promise<Result<Backtest, QueryFault>> => {
    const place = await placeInTime(sql, settings, metric, { week, cohort: null }, exact);
    if (!place.ok) return place;
    const { final, asOf } = place.value;
    await sql.run("SELECT set_config('kpi.as_of', $1, true)", [asOf.toString()]);
    const last = place.value.week < final ? place.value.week : final;
    const screen = screened && screenOf(sql, settings, screened, exact);
    const first = await firstWalkedWeek(sql, settings, [metric], last, relation, screen);
    if (first === null)
      return failed({ kind: "no_data", metric: metric.id, sources: metric.reads, needs: [] });
    const asked = canonicalFilters(filters);
    const question = { metric, filters: asked, weeks: weeksFrom(first, last), exact, screen };
    const { weeks, hidden } = await judgedWeeks(sql, settings, question);
    if (screen && hidden === weeks.length)
      return failed(await tooFew({ metric, filters: asked, screen }, last, 1));
    return ok({
      name: metric.name,
      unit: metric.unit,
      direction: metric.direction,
      filters: asked,
      source: {
        metric: metric.id,
        specVersion: metric.specVersion,
        asOf: asOf.toString(),
        timeZone: settings.timeZone,
      },
      test: metric.test,
      weeks,
      movements: movementsOf(weeks),
      withheld: hidden > 0,
    });
  };
  return orOwnSqlFault(() => inSnapshot(db, settings, relation, read));
}

async function judgedWeeks(
  sql: Sql,
  settings: MetricSettings,
  question: Pick<SeriesQuestion, "metric" | "filters" | "weeks" | "exact" | "screen">,
): Promise<{ weeks: BacktestWeek[]; hidden: number }> {
  const { metric, filters, weeks, exact, screen } = question;
  const last = weeks.at(-1) ?? "";
  const verdicts = await judge(sql, settings, { metric, filters, last, exact, screen });
  const weekly = await readSeries(sql, settings, { ...question, width: 1, by: null });
  const judged = weekly.map((measured) => ({
    week: measured.week,
    value: figuresOf(metric, measured).value,
    verdict: verdicts.get(measured.week) ?? { ...NOT_TESTED, test: metric.test },
  }));
  return { weeks: judged, hidden: weekly.filter(({ isHidden }) => isHidden).length };
}

/** Of numbers that no metric gives, such as a file's: judged by themselves. */
export function backtestSeries(
  about: Pick<Backtest, "name" | "unit" | "direction">,
  first: WeekStart,
  series: VerdictSeries,
): Backtest {
  const [verdicts = []] = walkVerdicts([series]);
  const weeks = verdicts.map((verdict, i) => ({
    week: addWeeks(first, i),
    value: observedValue(series.observations[i] ?? null),
    verdict: tellable(series.kind, verdict, first),
  }));
  const movements = movementsOf(weeks);
  const test = series.kind;
  return { ...about, filters: {}, source: null, test, weeks, movements, withheld: false };
}

function observedValue(observation: VerdictSeries["observations"][number]): number | null {
  if (observation === null || typeof observation === "number") return observation;
  if (observation.n === 0) return null;
  if ("x" in observation) return observation.x / observation.n;
  return (100 * (observation.promoters - observation.detractors)) / observation.n;
}

/** Weeks that speak of the same first week are one movement, the first of them called it. */
function movementsOf(weeks: readonly BacktestWeek[]): BacktestMovement[] {
  const found: BacktestMovement[] = [];
  for (const { week, verdict } of weeks) {
    const { word, since, direction, value, expected } = verdict;
    if (since === null || direction === null) continue;
    const latest = found.at(-1);
    if (word === "continuing" && latest?.from === since) latest.to = week;
    else {
      const by = word === "run" ? "run" : "signal";
      found.push({ from: since, to: week, calledIn: week, by, direction, value, expected });
    }
  }
  return found;
}
