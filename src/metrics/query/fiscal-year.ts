/** The fiscal year of a week, month or quarter: the one that its last day lies in, so that no value mixes two. */

import { endOf, type Grain, periodOf } from "../../periods.ts";
import type { WeekStart } from "../answer.ts";
import type { MetricSettings } from "../catalogue/index.ts";

export interface FiscalYear {
  firstDay: string;
  /** The period that the first day lies in. */
  firstWeek: WeekStart;
}

export function fiscalYearOf(
  week: WeekStart,
  { fiscalYearStarts, weekStarts }: MetricSettings,
  grain?: Grain,
): FiscalYear {
  const last = Temporal.PlainDate.from(endOf(week, grain)).subtract({ days: 1 });
  const begins = Temporal.PlainDate.from({ year: last.year, month: fiscalYearStarts, day: 1 });
  const firstDay =
    Temporal.PlainDate.compare(begins, last) > 0 ? begins.subtract({ years: 1 }) : begins;
  return { firstDay: firstDay.toString(), firstWeek: periodOf(firstDay, weekStarts, grain) };
}
