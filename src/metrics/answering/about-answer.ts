/** The parts of an answer that are said alike of every week and every cohort. */

import { addPeriods, type Grain, periodsFrom } from "../../periods.ts";
import type { Answer, Figures, MetricQuery, Segment, SeriesPoint, WeekStart } from "../answer.ts";
import { isOfWhole, type Metric, type MetricSettings } from "../catalogue/index.ts";
import type { PlaceInTime } from "../place-in-time.ts";
import { fiscalYearOf } from "../query/fiscal-year.ts";
import { figuresOf, type Measured } from "../query/measured.ts";
import type { SegmentGroup } from "../screen/discretion.ts";
import { addWeeks } from "../week.ts";

/** What an answer says of the question itself. */
export function aboutAnswer(
  settings: MetricSettings,
  metric: Metric,
  { week, asOf }: PlaceInTime,
  { filters, grain }: Pick<MetricQuery, "filters" | "grain">,
) {
  const ofYear = metric.aggregation === "year_to_date";
  return {
    metric: metric.id,
    name: metric.name,
    unit: metric.unit,
    direction: metric.direction,
    isLevel: metric.aggregation === "last" || metric.aggregation === "reported",
    isOfWhole: isOfWhole(metric),
    week,
    ...(grain && { grain }),
    from: ofYear ? fiscalYearOf(week, settings, grain).firstDay : null,
    cohortWeek: metric.lag > 0 ? addWeeks(week, -metric.lag) : null,
    cohort: metric.cohort,
    done: metric.done,
    defaultWindowWeeks: metric.window,
    filters,
    timeZone: settings.timeZone,
    asOf: asOf.toString(),
    specVersion: metric.specVersion,
    nMin: metric.n_min,
    links: metric.links,
  } satisfies Partial<Answer>;
}

/** The weeks, months or quarters of a series, none before the first with data. */
export function lastPeriods(
  last: WeekStart,
  count: number,
  first: WeekStart,
  grain?: Grain,
): WeekStart[] {
  const begin = addPeriods(last, 1 - count, grain);
  return periodsFrom(begin < first ? first : begin, last, grain);
}

export function pointOf(
  week: WeekStart,
  figures: Figures,
  status: SeriesPoint["status"],
): SeriesPoint {
  const known = figures.value === null ? "no_data" : status;
  return { week, ...figures, status: known, band: null, signal: false };
}

/** The largest first. */
export function segmentsOf(metric: Metric, measured: readonly Measured[]): Segment[] {
  const segments = measured.map((entry): Segment => {
    const figures = figuresOf(metric, entry);
    const lowN = (figures.n ?? 0) < metric.n_min;
    const segment = { segment: entry.segment ?? "", ...figures, lowN };
    return entry.group === undefined ? segment : { ...segment, together: togetherOf(entry.group) };
  });
  return segments.sort((a, b) => (b.n ?? 0) - (a.n ?? 0) || (a.segment < b.segment ? -1 : 1));
}

function togetherOf({ labels, small }: SegmentGroup): Segment["together"] {
  return { small, others: labels.filter((label) => !small.includes(label)) };
}
