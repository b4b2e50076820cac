/** A window of days [a, b). The windows of one question have one width, or are periods of the calendar. */

import { endOf, type Grain, monthsOf } from "../../periods.ts";
import type { WeekStart } from "../answer.ts";
import type { Metric, MetricSettings } from "../catalogue/index.ts";
import { addWeeks } from "../week.ts";
import { fiscalYearOf } from "./fiscal-year.ts";

export interface Window {
  a: string;
  b: string;
}

/**
 * The window of `width` weeks that ends with `week`. What adds up over the fiscal year takes its
 * weeks one by one, each without its days of the year before. In a month or a quarter a width of 1 is
 * all of its days; a wider window is as many weeks that end with it.
 */
export function windowOf(
  metric: Metric,
  settings: MetricSettings,
  week: WeekStart,
  width: number,
  grain?: Grain,
): Window {
  const b = endOf(week, grain);
  if (grain !== undefined) return { a: width === 1 ? week : addWeeks(b, -width), b };
  if (metric.aggregation !== "year_to_date") return { a: addWeeks(week, 1 - width), b };
  const { firstDay } = fiscalYearOf(week, settings);
  return { a: firstDay > week ? firstDay : week, b };
}

/** SQL of the week that a window ends with, from its `a`; `weeks` are the windows' own, ascending. */
export function weekSql(weeks: readonly WeekStart[], width: number, grain?: Grain): string {
  if (grain !== undefined)
    return width === 1
      ? "q.a"
      : `(q.a + ${7 * width} - interval '${monthsOf(grain)} months')::date`;
  const first = `date '${addWeeks(weeks[0] ?? "", 1 - width)}'`;
  return `(${first} + (q.a - ${first}) / 7 * 7 + ${7 * (width - 1)})::date`;
}
