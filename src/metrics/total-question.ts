import type { MetricQuery, WeekStart } from "./answer.ts";

/** A metric as reports tell it: all of it, in its own window, against the week before. */
export function totalQuestion(metric: string, week: WeekStart, lastWeeks: number): MetricQuery {
  return {
    metric,
    filters: {},
    by: null,
    week,
    windowWeeks: null,
    lastWeeks,
    cohort: null,
    versus: "prev",
  };
}
