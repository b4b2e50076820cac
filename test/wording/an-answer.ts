import type { Answer, AnsweredTarget, Verdict } from "../../src/metrics/index.ts";
import type { Voice } from "../../src/wording/index.ts";
import { aTarget } from "../metrics/targets/a-target.ts";

export const english: Voice = { locale: "en-GB", currency: "USD" };

export const routine: Verdict = {
  word: "routine",
  test: "prop",
  value: 0.412,
  expected: 0.426,
  low: 0.311,
  high: 0.547,
  p: 0.76,
  pAdjusted: 0.76,
  since: null,
  direction: null,
  pooledWeeks: 1,
};

export const untested: Verdict = {
  ...routine,
  word: "not_tested",
  value: null,
  expected: null,
  low: null,
  high: null,
  p: null,
  pAdjusted: null,
  pooledWeeks: null,
};

/** An ordinary Monday's answer: a share of a cohort, lower than the week before, within its limits. */
export function anAnswer(about: Partial<Answer> = {}): Answer {
  const figures = { value: 0.412, num: 103, den: 250, n: 250 };
  return {
    metric: "adoption_rate",
    name: "Adoption Rate (13-week)",
    unit: "percent",
    direction: "up",
    isLevel: false,
    isOfWhole: true,
    week: "2026-11-09",
    from: null,
    cohortWeek: "2026-08-10",
    cohort: "accounts that signed up",
    done: "adopted",
    windowWeeks: 1,
    defaultWindowWeeks: 1,
    filters: {},
    timeZone: "UTC",
    asOf: "2026-11-16T00:00:00Z",
    specVersion: "1-9f3c",
    status: "final",
    flags: [],
    figures,
    maturing: null,
    nMin: 30,
    previous: { week: "2026-11-02", value: 0.431, num: 106, den: 246, n: 246 },
    versus: "prev",
    target: null,
    trendRate: null,
    change: { absolute: -0.019, relative: -0.044, better: false, p: 0.67, interval: [-0.1, 0.07] },
    verdict: routine,
    series: [{ week: "2026-11-09", ...figures, status: "final", band: null, signal: false }],
    breakdown: null,
    ...about,
  };
}

/** A count of events without a cohort, whose verdict is of one week. */
export function aCount(value: number, about: Partial<Answer> = {}): Answer {
  return anAnswer({
    metric: "weekly_sign_ups",
    name: "Weekly Sign-ups",
    unit: "accounts",
    isOfWhole: false,
    cohortWeek: null,
    nMin: 0,
    figures: { value, num: value, den: null, n: value },
    verdict: { ...routine, test: "flow", expected: 99.4, low: 76.02, high: 129.9 },
    ...about,
  });
}

/** At least 45%, and missed. */
export function anAnsweredTarget(more: Partial<AnsweredTarget> = {}): AnsweredTarget {
  return {
    ...aTarget(),
    status: "missed",
    certain: true,
    actual: 0.412,
    expected: null,
    attainment: null,
    projection: null,
    requiredPerWeek: null,
    requiredGrowth: null,
    growth: null,
    ...more,
  };
}
