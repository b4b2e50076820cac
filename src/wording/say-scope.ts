/** What an answer is about: filters, week, cohort, window, freshness, definition. */
import type { Answer, Filters } from "../metrics/index.ts";
import { sayWhole } from "./say-number.ts";
import { sayInstant, sayWeekDays, weekName, weeksText } from "./say-week.ts";
import type { Voice } from "./voice.ts";

/** `tier pro or enterprise, source conference`; empty for all accounts. */
export function sayFilters(filters: Filters): string {
  return Object.entries(filters)
    .map(([dimension, values]) => `${dimension} ${values.join(" or ")}`)
    .join(", ");
}

export function titleOf(answer: Pick<Answer, "name" | "filters">): string {
  const filters = sayFilters(answer.filters);
  return filters === "" ? answer.name : `${answer.name}, ${filters}`;
}

/** `2026-W46, Mon 9 to Sun 15 Nov 2026`, with the cohort's week where the value describes one. */
export function sayPeriod(answer: Answer, voice: Voice): string {
  const week = `${weekName(answer.week)}, ${sayWeekDays(answer.week, voice)}`;
  const window = answer.windowWeeks === 1 ? "" : `, ${weeksText(answer.windowWeeks)} together`;
  const cohort =
    answer.cohortWeek === null ? "" : `; accounts that signed up in ${cohortWeeks(answer)}`;
  return `${week}${window}${cohort}`;
}

function cohortWeeks({ cohortWeek, windowWeeks }: Answer): string {
  const last = cohortWeek ?? "";
  if (windowWeeks === 1) return weekName(last);
  const first = Temporal.PlainDate.from(last)
    .subtract({ weeks: windowWeeks - 1 })
    .toString();
  return `${weekName(first)} to ${weekName(last)}`;
}

/** `103 of 250`, for shares; empty where numerator and denominator say nothing by themselves. */
export function sayParts(
  { figures, unit }: Pick<Answer, "figures" | "unit">,
  voice: Voice,
): string {
  if (unit !== "percent" || figures.num === null || figures.den === null) return "";
  return `${sayWhole(figures.num, voice)} of ${sayWhole(figures.den, voice)}`;
}

/** What a reader must know before trusting the number; empty when there is nothing. */
export function sayCautions(answer: Answer, voice: Voice): string[] {
  const said: string[] = [];
  const n = sayWhole(answer.figures.n ?? 0, voice);
  if (answer.flags.includes("widened")) {
    said.push(
      `${weeksText(answer.defaultWindowWeeks)} alone would rest on fewer than ${answer.nMin}, so this is ${weeksText(answer.windowWeeks)} together (${n}).`,
    );
  }
  if (answer.flags.includes("low_n"))
    said.push(`Thin sample: ${n}, fewer than the ${answer.nMin} it takes; read it with care.`);
  if (answer.flags.includes("above_range"))
    said.push("The true value is higher: the histogram ends at 10,000 ms.");
  if (answer.status === "open") said.push("This week is not over: the number is partial.");
  return said;
}

export function sayFreshness(
  answer: Pick<Answer, "asOf" | "timeZone" | "status">,
  voice: Voice,
): string {
  if (answer.asOf === null) return "no data yet";
  return `data complete to ${sayInstant(answer.asOf, answer.timeZone, voice)}`;
}

export function sayDefinition(answer: Pick<Answer, "metric" | "specVersion">): string {
  return `${answer.metric} ${answer.specVersion}`;
}
