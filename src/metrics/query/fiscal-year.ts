/** The fiscal year of a week: the one that its last day lies in, so that no value mixes two. */
import type { WeekStart } from "../answer.ts";
import type { MetricSettings } from "../catalogue/index.ts";
import { weekOf } from "../week.ts";

export interface FiscalYear {
  firstDay: string;
  /** The week that the first day lies in. */
  firstWeek: WeekStart;
}

export function fiscalYearOf(
  week: WeekStart,
  { fiscalYearStarts, weekStarts }: MetricSettings,
): FiscalYear {
  const last = Temporal.PlainDate.from(week).add({ days: 6 });
  const begins = Temporal.PlainDate.from({ year: last.year, month: fiscalYearStarts, day: 1 });
  const firstDay =
    Temporal.PlainDate.compare(begins, last) > 0 ? begins.subtract({ years: 1 }) : begins;
  return { firstDay: firstDay.toString(), firstWeek: weekOf(firstDay, weekStarts) };
}
