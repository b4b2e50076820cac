/** What an answer is compared with, and how it differs (METRICS.md 4.1). */

import { addPeriods, monthsOf } from "../../periods.ts";
import { type Answers, changeOf, type Side } from "../analysis/index.ts";
import type { Answer, AnsweredTarget, Change, MetricQuery, WeekStart } from "../answer.ts";
import type { Metric, MetricSettings } from "../catalogue/index.ts";
import type { PlaceInTime } from "../place-in-time.ts";
import { fiscalYearOf } from "../query/fiscal-year.ts";
import { answersOf, figuresOf } from "../query/measured.ts";
import { readReportBefore } from "../read-reported.ts";
import { levelOf } from "../targets/answer-target.ts";
import { addWeeks } from "../week.ts";
import { type Asked, measure, NO_FIGURES } from "./asked.ts";
import { isPartial } from "./partial-periods.ts";

export interface Previous {
  previous: Answer["previous"];
  /** There is one, and it must not be told. */
  isHidden: boolean;
  /** There is one, and the data begin in the middle of it. */
  isPartial?: boolean;
  /** Of NPS those behind it. */
  answers: Answers | null;
}

/** 364 days: the same weekdays. Of months and quarters the same ones are a year apart. */
const WEEKS_OF_YEAR = 52;

/** `width` is that of the answer's window, in weeks. */
export async function readPrevious(
  asked: Asked,
  width: number,
  target: AnsweredTarget | null,
): Promise<Previous> {
  const { metric, query, place } = asked;
  const told = (previous: Answer["previous"], answers: Answers | null = null): Previous => ({
    previous,
    isHidden: false,
    answers,
  });
  if (query.versus === "target") return told(aimOf(metric, place.week, width, target));
  if (metric.aggregation === "reported" && query.versus === "prev")
    return told(await reportBefore(asked, width));
  const week = comparedWeek(asked, width);
  if (week === null || isPartial(metric, place.week, place, query.grain)) return told(null);
  if (isPartial(metric, week, place, query.grain)) return { ...told(null), isPartial: true };
  const [measured] = await measure(asked, [week], width);
  if (measured === undefined) return told({ week, ...NO_FIGURES });
  if (measured.isHidden) return { previous: null, isHidden: true, answers: null };
  return told({ week, ...figuresOf(metric, measured) }, answersOf(metric, measured));
}

/** The week before has the same report, or none: what is reported once a quarter would never change. */
function reportBefore({ sql, settings, metric, query, filters, place }: Asked, width: number) {
  const question = { metric, filters, width, grain: query.grain };
  return readReportBefore(sql, settings, question, place.week);
}

/** A target has no sample of its own; nor is there one for a metric that is not what it aims at. */
function aimOf(
  metric: Metric,
  week: WeekStart,
  width: number,
  target: AnsweredTarget | null,
): Answer["previous"] {
  const value = target && levelOf(target, metric, week, width);
  return value === null ? null : { week, value, num: null, den: null, n: null };
}

interface Compared {
  metric: Metric;
  settings: MetricSettings;
  place: Pick<PlaceInTime, "week" | "first">;
  query: Pick<MetricQuery, "versus" | "grain">;
}

/**
 * The last week of the window that the answer is compared with. Null when that would reach before
 * the first data, where what adds up over weeks has fewer of them, or into another fiscal year than
 * what adds up over its year.
 */
export function comparedWeek(
  { metric, settings, place, query }: Compared,
  width: number,
): WeekStart | null {
  const { grain } = query;
  const week = addPeriods(place.week, -stepOf(metric, query, width), grain);
  const growsWithWidth = metric.aggregation === "sum" || metric.aggregation === "rerun";
  const begin = growsWithWidth && grain === undefined ? addWeeks(week, 1 - width) : week;
  if (begin < place.first) return null;
  if (metric.aggregation !== "year_to_date" || query.versus !== "prev") return week;
  const [mine, other] = [place.week, week].map((of) => fiscalYearOf(of, settings, grain).firstDay);
  return mine === other ? week : null;
}

/**
 * The week, month or quarter before; of a window that was widened or asked for, the window before it,
 * without shared weeks.
 */
function stepOf({ window }: Metric, { versus, grain }: Compared["query"], width: number): number {
  if (versus === "year") return grain === undefined ? WEEKS_OF_YEAR : 12 / monthsOf(grain);
  return grain !== undefined || width === window ? 1 : width;
}

/** Nothing is compared of a week that is not final, nor of fewer units than n_min. */
export function compare(
  { metric, query, place }: Asked,
  width: number,
  figures: Side,
  previous: Side | null,
): Change {
  const isEnough = (side: Side | null): boolean => (side?.n ?? 0) >= metric.n_min;
  const isAimed = query.versus === "target";
  return changeOf(figures, previous, {
    direction: metric.direction,
    test: metric.test,
    comparable: place.status === "final" && isEnough(figures) && (isAimed || isEnough(previous)),
    disjoint: !isAimed && stepOf(metric, query, width) >= width,
  });
}
