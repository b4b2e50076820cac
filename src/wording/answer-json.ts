/** An answer as the JSON that scripts read (INTERFACE, `kpi query --json`): unrounded, in snake case. */

import type {
  Answer,
  AnsweredTarget,
  Figures,
  Scorecard,
  Verdict,
  WeekStart,
} from "../metrics/index.ts";
import type { Grain } from "../periods.ts";
import { lastDayOf, periodName } from "./say-period.ts";
import { lastCohortDay } from "./say-scope.ts";
import { weekName } from "./say-week.ts";
import { segmentName } from "./segment-name.ts";
import { unitKind } from "./unit-kind.ts";
import type { Voice } from "./voice.ts";

export function answerJson(answer: Answer, voice: Voice): Readonly<Record<string, unknown>> {
  return {
    ...rowJson(answer, voice),
    series: answer.series.map((point) => ({
      ...periodJson(point.week, answer.grain),
      ...parts(point),
      status: point.status,
    })),
    breakdown: answer.breakdown && {
      dimension: answer.breakdown.dimension,
      segments: answer.breakdown.segments.map((segment) => ({
        segment: segmentName(segment),
        ...parts(segment),
        n: segment.n,
      })),
    },
  };
}

export function scorecardJson(
  scorecard: Scorecard,
  voice: Voice,
): Readonly<Record<string, unknown>> {
  const answers = scorecard.rows.filter((row) => row.kind === "answered").map((row) => row.answer);
  return {
    week: weekName(scorecard.week),
    rows: answers.map((answer) => rowJson(answer, voice)),
    signals: answers
      .filter((answer) => answer.verdict.word === "signal")
      .map((answer) => answer.metric),
    held: scorecard.rows.filter((row) => row.kind !== "answered").map((row) => row.metric),
  };
}

function rowJson(answer: Answer, { currency }: Voice): Readonly<Record<string, unknown>> {
  const { change } = answer;
  return {
    metric: answer.metric,
    name: answer.name,
    unit: answer.unit,
    ...(unitKind(answer.unit) === "money" ? { currency } : {}),
    direction: answer.direction,
    ...placeJson(answer),
    filters: answer.filters,
    time_zone: answer.timeZone,
    as_of: answer.asOf,
    spec_version: answer.specVersion,
    status: answer.status,
    flags: answer.flags,
    ...parts(answer.figures),
    maturing: answer.maturing && maturingJson(answer.maturing),
    previous: answer.previous && {
      ...periodJson(answer.previous.week, answer.grain),
      ...parts(answer.previous),
    },
    change: {
      absolute: change.absolute,
      relative: change.relative,
      better: change.better,
      p: change.p,
      interval: change.interval,
    },
    verdict: verdictJson(answer.verdict),
    target: answer.target && targetJson(answer.target),
    trend_rate: answer.trendRate,
    ...(answer.reported === undefined ? {} : { reported: answer.reported }),
  };
}

/** Weeks are named as they always were; months and quarters have keys of their own. */
function periodJson(period: WeekStart, grain?: Grain): Readonly<Record<string, string>> {
  return grain === undefined
    ? { week: weekName(period) }
    : { period: periodName(period, grain), period_start: period };
}

function placeJson(answer: Answer): Readonly<Record<string, unknown>> {
  const { week, grain, cohortWeek, windowWeeks } = answer;
  if (grain === undefined)
    return {
      ...periodJson(week),
      week_start: week,
      cohort_week: cohortWeek && weekName(cohortWeek),
      window_weeks: windowWeeks,
    };
  return {
    grain: grain.unit,
    ...periodJson(week, grain),
    period_end: lastDayOf(week, grain).toString(),
    cohort_start: cohortWeek,
    cohort_end: lastCohortDay(answer)?.toString() ?? null,
    // Of an index that looks back over weeks of its own, how many.
    window_weeks: windowWeeks === 1 ? null : windowWeeks,
  };
}

function maturingJson({
  already,
  possible,
  n,
  elapsedWeeks,
}: NonNullable<Answer["maturing"]>): Readonly<Record<string, number>> {
  return { already, possible, n, elapsed_weeks: elapsedWeeks };
}

function targetJson(target: AnsweredTarget): Readonly<Record<string, unknown>> {
  return {
    id: target.id,
    metric: target.metric,
    filters: target.dims,
    type: target.type,
    value: target.value,
    value_hi: target.valueHi,
    period_start: target.periodStart,
    period_end: target.periodEnd,
    baseline_week: target.baselineWeek && weekName(target.baselineWeek),
    baseline_value: target.baselineValue,
    status: target.status,
    certain: target.certain,
    actual: target.actual,
    expected: target.expected,
    attainment: target.attainment,
    projection: target.projection,
    required_per_week: target.requiredPerWeek,
    required_growth: target.requiredGrowth,
    growth: target.growth,
  };
}

export function verdictJson(verdict: Verdict): Readonly<Record<string, unknown>> {
  return {
    word: verdict.word,
    test: verdict.test,
    value: verdict.value,
    expected: verdict.expected,
    low: verdict.low,
    high: verdict.high,
    p: verdict.p,
    p_adjusted: verdict.pAdjusted,
    since: verdict.since && weekName(verdict.since),
    pooled_weeks: verdict.pooledWeeks,
  };
}

function parts({ value, num, den, n }: Figures): Figures {
  return { value, num, den, n };
}
