/** The words that say which weeks, months or quarters are told. Pure. */
import { addWeeks, type WeekStart, weekOf } from "../metrics/index.ts";
import { failed, ok, type Result } from "../result.ts";
import type { AskFault } from "../wording/index.ts";
import { fold } from "./fold-text.ts";
import { keywordOf } from "./keywords.ts";
import type { Token } from "./lex-line.ts";
import { type GrainWord, periodBack, readPeriod } from "./read-period.ts";
import { spanOf, unitOf } from "./read-span.ts";
import { readWeek } from "./read-week.ts";
import type { Scope } from "./scope.ts";

export type TimeUnit = "week" | GrainWord;

/** Which one, by its first day, or how many. */
export type When =
  | { says: "which"; unit: TimeUnit; first: WeekStart; taken: number }
  | { says: "how many"; unit: TimeUnit; count: number; taken: number };

/** The most points that a chart has. */
export const MOST = { week: 260, month: 60, quarter: 20 } as const satisfies Record<
  TimeUnit,
  number
>;

type Read = Result<When, AskFault>;

/** `46`, `12 Nov`, `2026-10`, `Q3`, behind the word that says what it is. */
export function readNamed(unit: TimeUnit, after: readonly Token[], scope: Scope): Read {
  const read =
    unit === "week" ? readWeek(after, scope.calendar) : readPeriod(unit, after, scope.calendar);
  if (read === null) return failed({ kind: "bad_week", word: after[0]?.text ?? "", unit });
  return ok({ says: "which", unit, ...read });
}

/** `this week`, `last month`, `last 12 weeks`, `last 4 quarters`: what stands behind `word`. */
export function readSpan(
  keyword: "last" | "this",
  word: string,
  after: readonly Token[],
  scope: Scope,
): Read {
  const [first, second] = after;
  const { called } = scope;
  if (first === undefined)
    return failed({
      kind: "word_without_value",
      word,
      example: `${called} ${keyword === "last" ? "last 26 weeks" : "this week"}`,
    });
  const named = timeUnitOf(fold(first.text));
  const back = keyword === "last" ? 1 : 0;
  if (named !== null)
    return ok({ says: "which", unit: named, first: nowLess(named, back, scope), taken: 1 });
  const span = spanOf(first, isWeekTerm(after.slice(1), scope) ? undefined : second);
  const isCounted = keyword === "last" && second?.kind === "word" ? unitOf(second.text) : null;
  const counted = isCounted === null ? null : timeUnitOf(isCounted);
  if (span === null && counted !== null) return failed(badNumber(first.text, counted));
  if (keyword === "this" || span === null) return notCounted(`${word} ${first.text}`, 13, scope);
  const unit = timeUnitOf(span.unit);
  if (unit === null) {
    const said = [word, ...after.slice(0, span.taken).map(({ text }) => text)].join(" ");
    return notCounted(said, Math.ceil((span.count * span.days) / 7), scope);
  }
  if (span.count < 1 || span.count > MOST[unit]) return failed(badNumber(first.text, unit));
  return ok({ says: "how many", unit, count: span.count, taken: span.taken });
}

/** `window=4 week 46`: a term of its own and not the unit of the number before it. */
export function isWeekTerm([word, ...rest]: readonly Token[], { calendar }: Scope): boolean {
  return keywordOf(word) === "week" && readWeek(rest, calendar) !== null;
}

/** Null: nothing is counted in it. */
export function timeUnitOf(word: string): TimeUnit | null {
  return word === "week" || word === "month" || word === "quarter" ? word : null;
}

function nowLess(unit: TimeUnit, back: number, { calendar }: Scope): WeekStart {
  const { today, weekStarts } = calendar;
  return unit === "week"
    ? addWeeks(weekOf(today, weekStarts), -back)
    : periodBack(unit, back, calendar);
}

function badNumber(word: string, unit: TimeUnit): AskFault {
  return { kind: "bad_number", word, lowest: 1, highest: MOST[unit] };
}

/** Days and years: about as many weeks are offered. */
function notCounted(word: string, about: number, { called }: Scope): Read {
  const weeks = Math.max(1, Math.min(MOST.week, about));
  return failed({ kind: "not_weeks", word, line: `${called} last ${weeks} weeks`, weeks });
}
