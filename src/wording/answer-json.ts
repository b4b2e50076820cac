/** An answer as the JSON that scripts read (INTERFACE, `kpi query --json`): unrounded, in snake case. */
import type { Answer, AnsweredTarget, Figures, Scorecard, Verdict } from "../metrics/index.ts";
import { weekName } from "./say-week.ts";
import { segmentName } from "./segment-name.ts";
import { unitKind } from "./unit-kind.ts";
import type { Voice } from "./voice.ts";

export function answerJson(answer: Answer, voice: Voice): Readonly<Record<string, unknown>> {
  return {
    ...rowJson(answer, voice),
    series: answer.series.map((point) => ({
      week: weekName(point.week),
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
    week: weekName(answer.week),
    week_start: answer.week,
    cohort_week: answer.cohortWeek && weekName(answer.cohortWeek),
    window_weeks: answer.windowWeeks,
    filters: answer.filters,
    time_zone: answer.timeZone,
    as_of: answer.asOf,
    spec_version: answer.specVersion,
    status: answer.status,
    flags: answer.flags,
    ...parts(answer.figures),
    maturing: answer.maturing && maturingJson(answer.maturing),
    previous: answer.previous && {
      week: weekName(answer.previous.week),
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
