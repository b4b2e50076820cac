/** What an answer is about: filters, period, cohort, freshness, definition. */
import { SIGNED_UP } from "../metrics/catalogue/index.ts";
import type { Answer, Filters } from "../metrics/index.ts";
import { sayWhole } from "./say-number.ts";
import { lastDayOf, periodName } from "./say-period.ts";
import { sayDays, sayInstant, sayWeeksDays, weekName, weeksText } from "./say-week.ts";
import type { Voice } from "./voice.ts";

/** `tier pro or enterprise, source conference`; empty for all accounts. */
export function sayFilters(filters: Filters): string {
  return Object.entries(filters)
    .map(([dimension, values]) => `${dimension} ${values.join(" or ")}`)
    .join(", ");
}

/** `Adoption Rate (13-week) by tier, source conference`. */
export function titleOf(answer: Pick<Answer, "name" | "filters" | "breakdown">): string {
  const filters = sayFilters(answer.filters);
  const by = answer.breakdown ? ` by ${answer.breakdown.dimension}` : "";
  return `${answer.name}${by}${filters === "" ? "" : `, ${filters}`}`;
}

type Period = Pick<Answer, "week" | "grain" | "windowWeeks" | "cohortWeek"> &
  Partial<Pick<Answer, "from">>;
type CohortPeriod = Period & Pick<Answer, "cohort">;

/** `2026-W46, Mon 9 to Sun 15 Nov 2026`; of several weeks, or a year so far, the first and the last day. */
export function sayPeriod(period: Period, voice: Voice): string {
  const { week, grain, windowWeeks, from = null } = period;
  const last = lastDayOf(week, grain);
  if (from !== null)
    return `the year to ${periodName(week, grain)}, ${sayDays(Temporal.PlainDate.from(from), last, voice)}`;
  if (grain !== undefined)
    return `${periodName(week, grain)}, ${sayDays(Temporal.PlainDate.from(week), last, voice)}`;
  const weeks = windowWeeks === 1 ? "" : `${weeksText(windowWeeks)} to `;
  return `${weeks}${weekName(week)}, ${sayWeeksDays(week, windowWeeks, voice)}`;
}

/** `accounts that signed up in 2026-W33, Mon 10 to Sun 16 Aug 2026`; empty without a cohort. */
export function sayCohort(asked: CohortPeriod, voice: Voice): string {
  const { cohortWeek, cohort, windowWeeks } = asked;
  if (cohortWeek === null) return "";
  const last = lastCohortDay(asked);
  if (last !== null)
    return `${cohort} from ${sayDays(Temporal.PlainDate.from(cohortWeek), last, voice)}`;
  const period = sayPeriod({ week: cohortWeek, windowWeeks, cohortWeek }, voice);
  return `${cohort} in ${windowWeeks === 1 ? "" : "the "}${period}`;
}

/** The same where there is little room: `sign-ups of 2026-W33`, of a month `sign-ups 4 weeks earlier`. */
export function sayCohortWeeks(asked: CohortPeriod): string {
  const { week, grain, cohortWeek, cohort, windowWeeks } = asked;
  if (cohortWeek === null) return "";
  const [who, link] = cohort === SIGNED_UP ? ["sign-ups", "of"] : [cohort, "in"];
  if (grain !== undefined) return `${who} ${weeksText(weeksOf(cohortWeek, week))} earlier`;
  const weeks = windowWeeks === 1 ? "" : `${weeksText(windowWeeks)} to `;
  return `${who} ${link} ${weeks}${weekName(cohortWeek)}`;
}

function weeksOf(from: string, to: string): number {
  return Temporal.PlainDate.from(from).until(to, { largestUnit: "week" }).weeks;
}

/** Of a month or quarter: its cohort signed up as many days before it as the metric waits; else null. */
export function lastCohortDay({
  week,
  grain,
  cohortWeek,
}: Omit<Period, "windowWeeks">): Temporal.PlainDate | null {
  if (grain === undefined || cohortWeek === null) return null;
  return lastDayOf(week, grain).subtract(Temporal.PlainDate.from(cohortWeek).until(week));
}

/** `103 of 250`, for shares of a whole; empty where numerator and denominator say nothing by themselves. */
export function sayParts(
  { figures, unit, isOfWhole }: Pick<Answer, "figures" | "unit" | "isOfWhole">,
  voice: Voice,
): string {
  if (unit !== "percent" || !isOfWhole || figures.num === null || figures.den === null) return "";
  return `${sayWhole(figures.num, voice)} of ${sayWhole(figures.den, voice)}`;
}

export function sayFreshness(answer: Pick<Answer, "asOf" | "timeZone">, voice: Voice): string {
  if (answer.asOf === null) return "no data yet";
  return `data complete to ${sayInstant(answer.asOf, answer.timeZone, voice)}`;
}

export function sayDefinition(answer: Pick<Answer, "metric" | "specVersion">): string {
  return `${answer.metric} ${answer.specVersion}`;
}
