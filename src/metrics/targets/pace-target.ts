/** A target beside what has been: reads what the pace rests on, and judges it. METRICS.md 4.8. */
import type { Sql } from "../../db/index.ts";
import { wilson } from "../analysis/index.ts";
import type {
  AnsweredTarget,
  Figures,
  Filters,
  Pace,
  Target,
  TargetStatus,
  Unit,
  WeekStart,
} from "../answer.ts";
import type { Metric, MetricSettings } from "../catalogue/index.ts";
import { fiscalYearOf } from "../query/fiscal-year.ts";
import { figuresOf } from "../query/measured.ts";
import { readSeries } from "../read-series.ts";
import { addWeeks, weekOf, weeksBetween } from "../week.ts";
import {
  compoundGrowth,
  daysOf,
  type Needed,
  neededForLevel,
  neededForSum,
  solve,
  sumOfGrowth,
  weeksLeft,
  weeksUntil,
} from "./growth.ts";
import { paceOfLevel, paceOfSum } from "./pacing.ts";
import { sumOfDays } from "./sums.ts";

/** Whose target it is, as it was asked about. */
export interface Paced {
  sql: Sql;
  settings: MetricSettings;
  metric: Metric;
  filters: Filters;
  week: WeekStart;
  exact: boolean;
  /** Weeks of the window that the figures are of, and whatever they are compared with. */
  width: number;
  figures: Figures;
  /** The week is final and the sample large enough. */
  judged: boolean;
}

const UNKNOWN: Pace = {
  status: "no_verdict",
  actual: null,
  expected: null,
  attainment: null,
  projection: null,
  requiredPerWeek: null,
  requiredGrowth: null,
  growth: null,
};

export async function paceTarget(paced: Paced, target: Target): Promise<AnsweredTarget> {
  const { pace, certain } = await paceOf(paced, target);
  const status = paced.judged ? pace.status : "no_verdict";
  return { ...target, ...pace, status, certain };
}

async function paceOf(
  paced: Paced,
  target: Target,
): Promise<{ pace: Pace; certain: boolean | null }> {
  const { value } = paced.figures;
  switch (target.type) {
    case "cumulative_by_date":
      return { pace: await paceCumulative(paced, target), certain: null };
    case "level_by_date":
      return {
        pace: value === null ? UNKNOWN : await paceLevel(paced, target, value),
        certain: null,
      };
    case "at_least":
    case "at_most":
    case "band":
      if (value === null) return { pace: UNKNOWN, certain: null };
      return {
        pace: { ...UNKNOWN, actual: value, status: standing(target, value) },
        certain: isCertain(paced, target),
      };
  }
}

function standing({ type, value: edge, valueHi }: Target, value: number): TargetStatus {
  if (type === "at_least") return value >= edge ? "met" : "missed";
  if (type === "at_most") return value <= edge ? "met" : "missed";
  if (value < edge) return "below";
  return valueHi !== null && value > valueHi ? "above" : "inside";
}

/** False where the share's own uncertainty holds the target; null where nothing says. */
function isCertain({ metric, figures: { value, n } }: Paced, target: Target): boolean | null {
  if (metric.test !== "prop" || value === null || !n) return null;
  const [low, high] = wilson({ x: Math.round(value * n), n });
  const edges = [target.value, ...(target.valueHi === null ? [] : [target.valueHi])];
  return !edges.some((edge) => edge >= low && edge <= high);
}

/** Of what adds up over days; anything else has no sum to speak of. */
async function paceCumulative(paced: Paced, target: Target): Promise<Pace> {
  const { metric, week } = paced;
  if (metric.aggregation !== "sum" && metric.aggregation !== "year_to_date") return UNKNOWN;
  const { periodStart, periodEnd, value } = target;
  const last = Temporal.PlainDate.from(week).add({ days: 6 }).toString();
  const until = last < periodEnd ? last : periodEnd;
  const isOwnSum =
    metric.aggregation === "year_to_date" &&
    last === until &&
    fiscalYearOf(week, paced.settings).firstDay === periodStart;
  const sofar = isOwnSum ? (paced.figures.num ?? 0) : await sumOf(paced, periodStart, until);
  const weekly = await weeklyValue(paced, week);
  const shares = weeksLeft(week, periodStart, periodEnd);
  const baseline = baselineWeek(paced, target);
  const before = target.baselineValue ?? (await weeklyValue(paced, baseline));
  const isMoney = /^money\b/.test(metric.unit);
  const growth = isMoney ? compoundGrowth(before, weekly, weeksBetween(baseline, week)) : null;
  const down = metric.direction === "down";
  const pace = paceOfSum({
    sofar,
    target: value,
    planned: plannedSum(target, baseline, before, week),
    elapsed: daysOf(periodStart, until) / daysOf(periodStart, periodEnd),
    shares,
    weekly: growth === null ? (await sumOf(paced, addWeeks(week, -3), last)) / 4 : weekly,
    growth,
    down,
  });
  const needed = isMoney && !down ? neededForSum(sofar, weekly, shares, value) : null;
  return { ...pace, requiredGrowth: rateOf(needed) };
}

/** By the end of the week, on the plan of constant growth from a baseline that the target gives. */
function plannedSum(
  target: Target,
  baseline: WeekStart,
  before: number,
  week: WeekStart,
): number | null {
  const isGiven = target.baselineWeek !== null || target.baselineValue !== null;
  if (!isGiven || !(before > 0)) return null;
  const shares = weeksLeft(baseline, target.periodStart, target.periodEnd);
  const rate = solve((growth) => sumOfGrowth(before, shares, growth) - target.value);
  return sumOfGrowth(before, shares.slice(0, weeksBetween(baseline, week)), rate);
}

async function paceLevel(paced: Paced, target: Target, value: number): Promise<Pace> {
  const { metric, week } = paced;
  const baseline = baselineWeek(paced, target);
  const start = target.baselineValue ?? (await valueIn(paced, baseline));
  const byFactor = growsByFactor(metric.unit);
  const passed = weeksBetween(baseline, week);
  const left = weeksUntil(week, target.periodEnd);
  const down = metric.direction === "down";
  const needed = byFactor && !down ? neededForLevel(value, target.value, left) : null;
  const growth = byFactor && start !== null ? compoundGrowth(start, value, passed) : null;
  const pace = paceOfLevel({
    value,
    target: target.value,
    // Without a beginning there is no path: what counts is the level itself.
    start: start ?? target.value,
    weeks: passed + left,
    passed,
    byFactor,
    growth,
    down,
  });
  return { ...pace, requiredGrowth: rateOf(needed) };
}

/** Money and counts; fractions and scores move by steps. */
function growsByFactor(unit: Unit): boolean {
  return !/^(percent|points|index|score)\b/.test(unit);
}

function rateOf(needed: Needed | null): number | null {
  return needed?.kind === "rate" ? needed.rate : null;
}

/**
 * The target's own; else, of revenue, the last full week before the fiscal year that the target's
 * period begins in, and of all else the last full week before the period. Whatever week is asked
 * about, it is the same.
 */
function baselineWeek({ metric, settings }: Paced, target: Target): WeekStart {
  if (target.baselineWeek !== null) return target.baselineWeek;
  const ofYear = metric.aggregation === "year_to_date" || /^money\b/.test(metric.unit);
  const first = weekOf(Temporal.PlainDate.from(target.periodStart), settings.weekStarts);
  return addWeeks(ofYear ? fiscalYearOf(first, settings).firstWeek : first, -1);
}

async function valueIn({ sql, settings, metric, width, filters, exact }: Paced, week: WeekStart) {
  const question = { metric, weeks: [week], width, filters, by: null, exact };
  const [measured] = await readSeries(sql, settings, question);
  return measured === undefined ? null : figuresOf(metric, measured).value;
}

function weeklyValue(paced: Paced, week: WeekStart): Promise<number> {
  return sumOf(paced, week, Temporal.PlainDate.from(week).add({ days: 6 }).toString());
}

function sumOf({ sql, settings, metric, filters, exact }: Paced, from: string, last: string) {
  const question = { metric, filters, by: null, exact };
  return sumOfDays({ sql, settings, question, read: readSeries }, from, last);
}
