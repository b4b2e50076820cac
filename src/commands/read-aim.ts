/** What a line says of a target behind the metric and its filters. Pure. */
import { isPercentOfWhole, type Metric } from "../metrics/catalogue/index.ts";
import type { Aim, TargetType } from "../metrics/index.ts";
import { failed, ok, type Result } from "../result.ts";
import type { AskFault } from "../wording/index.ts";
import { fold } from "./fold-text.ts";
import type { Token } from "./lex-line.ts";
import { type AmountFault, readAmount } from "./read-amount.ts";
import { type Edge, readDay } from "./read-day.ts";
import type { Calendar } from "./read-week.ts";

export interface ReadAim {
  /** Null: what there is shall end. */
  aim: Aim | null;
  /** As the line says; null: it does not. */
  from: Temporal.PlainDate | null;
  until: Temporal.PlainDate | null;
}

/** Against what the words are read. */
export interface Aiming {
  metric: Metric;
  calendar: Calendar;
  /** What the tokens are of: `3,000` is one amount, whatever a comma parts elsewhere. */
  line: string;
}

/** Where a target begins behind a metric's name: the first of its words, or a number that is no filter's value. */
export function aimStart(tokens: readonly Token[]): number {
  const at = tokens.findIndex(({ kind, text }, i) => {
    const before = tokens[i - 1]?.kind;
    if (kind !== "word" || before === "equals" || before === "comma") return false;
    if (tokens[i + 1]?.kind === "equals") return false;
    return beginners.has(fold(text)) || /^[^\p{L}\s]{0,3}\d/u.test(text);
  });
  return at === -1 ? tokens.length : at;
}

const bounds: ReadonlyMap<string, Edge> = new Map([
  ["from", "first"],
  ["by", "last"],
  ["until", "last"],
]);
const beginners = new Set(["at", "end", ...bounds.keys()]);

/** `at least 45%`, `0.4 to 0.75`, `500 in all`, `end`; then `from <day>` and `by <day>` or `until <day>`. */
export function readAim(tokens: readonly Token[], aiming: Aiming): Result<ReadAim, AskFault> {
  const [said = [], ...periods] = sections(tokens);
  const days: Record<Edge, Temporal.PlainDate | null> = { first: null, last: null };
  for (const [word, ...named] of periods) {
    const edge = bounds.get(fold(word?.text ?? "")) ?? "last";
    const day = readDay(named, edge, aiming.calendar);
    if (day === null || days[edge] !== null)
      return bad(days[edge] === null ? "no_day" : "twice", [word, ...named], aiming);
    days[edge] = day;
  }
  const { first: from, last: until } = days;
  const isByDate = periods.some(([word]) => fold(word?.text ?? "") === "by");
  if (said.length === 1 && fold(said[0]?.text ?? "") === "end")
    return until === null ? ok({ aim: null, from, until }) : bad("end_by", tokens, aiming);
  const aim = aimOf(said, isByDate, aiming);
  return aim.ok ? ok({ aim: aim.value, from, until }) : aim;
}

/** What stands before the first `from`, `by` or `until`, and each of these with what follows it. */
function sections(tokens: readonly Token[]): Token[][] {
  const parts: Token[][] = [[]];
  for (const token of tokens) {
    if (token.kind === "word" && bounds.has(fold(token.text))) parts.push([]);
    parts.at(-1)?.push(token);
  }
  return parts;
}

function aimOf(tokens: readonly Token[], isByDate: boolean, aiming: Aiming): Result<Aim, AskFault> {
  const [first, last] = [tokens[0], tokens.at(-1)];
  const text = first && last ? aiming.line.slice(first.start, last.end) : "";
  const form = /^(?:at (least|most)\s+)?(.+?)(?:\s+to\s+(.+?))?(\s+in all)?$/i.exec(text.trim());
  const [, bound, low = "", high, inAll] = form ?? [];
  const value = readValue(low, aiming.metric);
  if (!value.ok) return bad(value.fault, tokens, aiming);
  if (high !== undefined) {
    const valueHi = readValue(high, aiming.metric);
    if (!valueHi.ok) return bad(valueHi.fault, tokens, aiming);
    if (valueHi.value < value.value) return bad("upside_down", tokens, aiming);
    return ok({ type: "band", value: value.value, valueHi: valueHi.value });
  }
  const type =
    bound === undefined
      ? usualType(aiming.metric, isByDate, inAll !== undefined)
      : bound.toLowerCase() === "least"
        ? "at_least"
        : "at_most";
  if (type === null) return bad("no_side", tokens, aiming);
  if (type === "cumulative_by_date" && !addsUp(aiming.metric)) return bad("no_sum", tokens, aiming);
  return ok({ type, value: value.value, valueHi: null });
}

function readValue(text: string, metric: Metric): Result<number, AmountFault | "outside_whole"> {
  const read = readAmount(text, metric.unit);
  if (!read.ok || !isPercentOfWhole(metric)) return read;
  return read.value < 0 || read.value > 1 ? failed("outside_whole") : read;
}

/** Null where neither more nor less is good, so that a bare number says nothing. */
function usualType(
  { target, direction, aggregation }: Metric,
  isByDate: boolean,
  isInAll: boolean,
): Exclude<TargetType, "band"> | null {
  if (isInAll || aggregation === "year_to_date") return "cumulative_by_date";
  if (isByDate) return target.find(isOfDate) ?? "level_by_date";
  if (direction === "neutral") return null;
  return direction === "up" ? "at_least" : "at_most";
}

function isOfDate(type: string): type is "cumulative_by_date" | "level_by_date" {
  return type === "cumulative_by_date" || type === "level_by_date";
}

function addsUp({ aggregation }: Metric): boolean {
  return aggregation === "sum" || aggregation === "year_to_date";
}

type BadTarget = Extract<AskFault, { kind: "bad_target" }>;

function bad(
  why: BadTarget["why"],
  tokens: readonly (Token | undefined)[],
  { metric, line }: Aiming,
): { ok: false; fault: BadTarget } {
  const [first, last] = [tokens[0], tokens.at(-1)];
  const word = first && last ? line.slice(first.start, last.end) : "";
  const isShare = /^percent\b/.test(metric.unit);
  const [one, two] = isShare ? ["45%", "40% to 75%"] : ["100", "40 to 75"];
  const amount = metric.direction === "neutral" ? two : one;
  return failed({ kind: "bad_target", why, word, line: `target ${metric.id} ${amount} by 31 Dec` });
}
