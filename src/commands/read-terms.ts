/** The words after a metric's name, read against what the metric and the data know. Pure and total. */

import type { Audience } from "../chat-connection.ts";
import { addWeeks, type Filters, type Versus, type WeekStart, weekOf } from "../metrics/index.ts";
import { failed, ok, type Result } from "../result.ts";
import type { AskFault } from "../wording/index.ts";
import { fold } from "./fold-text.ts";
import { type Keyword, keywordOf } from "./keywords.ts";
import type { Token } from "./lex-line.ts";
import { operatorFault } from "./operator-fault.ts";
import { readDimension } from "./read-dimension.ts";
import { countOf, spanOf, unitOf } from "./read-span.ts";
import { readValues, TENURE } from "./read-values.ts";
import { readWeek } from "./read-week.ts";
import type { Scope } from "./scope.ts";
import { writeValue } from "./write-value.ts";

export interface Terms {
  filters: Filters;
  by: string | null;
  week: WeekStart | null;
  cohort: WeekStart | null;
  since: WeekStart | null;
  last: number | null;
  window: number | null;
  versus: Versus | null;
  audience: Audience | null;
}

export const MOST_WEEKS = 260;
const MOST_WINDOW = 104;

type Taken = Result<number, AskFault>;

export function readTerms(tokens: readonly Token[], scope: Scope): Result<Terms, AskFault> {
  return new TermReader(tokens, scope).read();
}

/** One line being read; `#at` is the token that comes next. */
class TermReader {
  readonly #tokens: readonly Token[];
  readonly #scope: Scope;
  readonly #filters: Record<string, string[]> = {};
  readonly #terms: Omit<Terms, "filters"> = {
    by: null,
    week: null,
    cohort: null,
    since: null,
    last: null,
    window: null,
    versus: null,
    audience: null,
  };

  constructor(tokens: readonly Token[], scope: Scope) {
    this.#tokens = tokens;
    this.#scope = scope;
  }

  read(): Result<Terms, AskFault> {
    let at = 0;
    while (at < this.#tokens.length) {
      const taken = this.#readTerm(this.#tokens.slice(at));
      if (!taken.ok) return taken;
      at += taken.value;
    }
    return this.#exclusive("week", "cohort") ?? this.#exclusive("since", "last") ?? this.#done();
  }

  #done(): Result<Terms, AskFault> {
    const sorted = Object.entries(this.#filters).sort(([a], [b]) => (a < b ? -1 : 1));
    const filters = Object.fromEntries(sorted.map(([name, of]) => [name, [...new Set(of)].sort()]));
    return ok({ ...this.#terms, filters });
  }

  #exclusive(one: "week" | "since", other: "cohort" | "last"): Result<Terms, AskFault> | null {
    return this.#terms[one] !== null && this.#terms[other] !== null
      ? failed({ kind: "exclusive", words: [one, other] })
      : null;
  }

  #readTerm(rest: readonly Token[]): Taken {
    const [first] = rest;
    // A comma between terms is how people write a list.
    if (first?.kind === "comma") return ok(1);
    const keyword = keywordOf(first);
    if (keyword !== null) return this.#readKeyword(keyword, rest);
    const dimension = readDimension(rest, this.#scope, "filter");
    if (!dimension.ok) return dimension;
    if (dimension.value !== null) {
      const { name, taken } = dimension.value;
      return this.#readFilter(name, rest, taken);
    }
    const operator = operatorFault(rest, this.#scope);
    if (operator !== null) return failed(operator);
    return this.#strange(first?.text ?? "");
  }

  #strange(word: string): Taken {
    return failed({ kind: "unknown_word", word, expected: whatFits(this.#scope) });
  }

  #readKeyword(keyword: Keyword, rest: readonly Token[]): Taken {
    const [word = "", taken] = [rest[0]?.text ?? "", rest[1]?.kind === "equals" ? 2 : 1];
    const after = rest.slice(taken);
    if (this.#scope.unused.has(keyword)) return this.#strange(word);
    switch (keyword) {
      case "by":
        return this.#readBy(word, rest, after, taken);
      case "last":
      case "this":
        return this.#readSpan(keyword, rest, after, taken);
      case "week":
      case "since":
      case "cohort":
        return this.#readWeekOf(keyword, word, after, taken);
      case "window":
        return this.#readWindow(word, after, taken);
      case "vs":
        return this.#readVersus(word, after, taken);
      case "private":
      case "public":
        return this.#readAudience(keyword, word);
    }
  }

  #readFilter(name: string, rest: readonly Token[], begin: number): Taken {
    const read = readValues(rest.slice(begin), name, this.#scope.labels(name));
    if (!read.ok) return read;
    if (read.value.values.length === 0) return this.#needsValue(`${name}=`, this.#filterBy(name));
    if (this.#filters[name] !== undefined)
      return failed({ kind: "repeated_word", word: name, isFilter: true });
    this.#filters[name] = read.value.values;
    return ok(begin + read.value.taken);
  }

  /** An example, with a value that there is. */
  #filterBy(name: string): string {
    const [label] = name === TENURE ? ["1-13"] : this.#scope.labels(name);
    return label === undefined ? `by ${name}` : `${name}=${writeValue(label)}`;
  }

  #readBy(word: string, rest: readonly Token[], after: readonly Token[], taken: number): Taken {
    const { dimensions } = this.#scope.metric;
    if (after[0] === undefined || keywordOf(after[0]) !== null)
      return this.#needsValue(word, dimensions[0] === undefined ? "" : `by ${dimensions[0]}`);
    const dimension = readDimension(after, this.#scope, "by");
    if (!dimension.ok) return dimension;
    const name = dimension.value?.name ?? "";
    const end = taken + (dimension.value?.taken ?? 1);
    const isList = rest[end]?.kind === "comma" && dimensions.includes(rest[end + 1]?.text ?? "");
    if (this.#terms.by !== null || (isList && rest[end + 2]?.kind !== "equals"))
      return failed({ kind: "repeated_word", word });
    this.#terms.by = name;
    return ok(end);
  }

  #readWeekOf(
    keyword: "week" | "since" | "cohort",
    word: string,
    after: readonly Token[],
    taken: number,
  ): Taken {
    if (after.length === 0) return this.#needsValue(word, `${keyword} ${exampleOf[keyword]}`);
    if (this.#terms[keyword] !== null) return failed({ kind: "repeated_word", word });
    const read = readWeek(after, this.#scope.calendar);
    if (read === null) return failed({ kind: "bad_week", word: after[0]?.text ?? "" });
    this.#terms[keyword] = read.week;
    return ok(taken + read.taken);
  }

  /** `this week`, `last week`, `last 12 weeks`. */
  #readSpan(
    keyword: "last" | "this",
    rest: readonly Token[],
    after: readonly Token[],
    taken: number,
  ): Taken {
    const { calendar } = this.#scope;
    const [first, unit] = after;
    const word = rest[0]?.text ?? "";
    if (first === undefined)
      return this.#needsValue(word, keyword === "last" ? "last 26 weeks" : "this week");
    if (fold(first.text) === "week") {
      if (this.#terms.week !== null) return failed({ kind: "repeated_word", word: "week" });
      const { today, weekStarts } = calendar;
      this.#terms.week = addWeeks(weekOf(today, weekStarts), keyword === "last" ? -1 : 0);
      return ok(taken + 1);
    }
    const span = spanOf(first, isWeekTerm(after.slice(1), this.#scope) ? undefined : unit);
    if (
      span === null &&
      keyword === "last" &&
      unit?.kind === "word" &&
      unitOf(unit.text) === "week"
    )
      return failed({ kind: "bad_number", word: first.text, lowest: 1, highest: MOST_WEEKS });
    if (keyword === "this" || span === null) return this.#notWeeks(`${word} ${first.text}`, 13);
    if (span.unit !== "week")
      return this.#notWeeks(
        [word, ...after.slice(0, span.taken).map(({ text }) => text)].join(" "),
        Math.max(1, Math.min(MOST_WEEKS, Math.ceil((span.count * span.days) / 7))),
      );
    if (this.#terms.last !== null) return failed({ kind: "repeated_word", word });
    if (span.count < 1 || span.count > MOST_WEEKS)
      return failed({ kind: "bad_number", word: first.text, lowest: 1, highest: MOST_WEEKS });
    this.#terms.last = span.count;
    return ok(taken + span.taken);
  }

  #notWeeks(word: string, weeks: number): Taken {
    const line = `${this.#scope.called} last ${weeks} weeks`;
    return failed({ kind: "not_weeks", word, line, weeks });
  }

  #readWindow(word: string, after: readonly Token[], taken: number): Taken {
    const [value, unit] = after;
    if (value === undefined || keywordOf(value) !== null) return this.#needsValue(word, "window=4");
    if (this.#terms.window !== null) return failed({ kind: "repeated_word", word });
    const weeks = countOf(value.text.replace(/(\d)w$/i, "$1")) ?? 0;
    if (weeks < 1 || weeks > MOST_WINDOW)
      return failed({ kind: "bad_number", word: value.text, lowest: 1, highest: MOST_WINDOW });
    this.#terms.window = weeks;
    const hasUnit =
      unit?.kind === "word" &&
      unitOf(unit.text) === "week" &&
      !isWeekTerm(after.slice(1), this.#scope);
    return ok(taken + (hasUnit ? 2 : 1));
  }

  #readVersus(word: string, after: readonly Token[], taken: number): Taken {
    const [first, second] = after;
    if (first === undefined) return this.#needsValue(word, "vs year");
    const isLast = fold(first.text) === "last" && second !== undefined;
    const versus = versusOf.get(fold(isLast ? second.text : first.text));
    if (versus === undefined)
      return failed({
        kind: "unknown_word",
        word: first.text,
        expected: ["vs prev", "vs year", "vs target"],
      });
    if (this.#terms.versus !== null) return failed({ kind: "repeated_word", word });
    this.#terms.versus = versus;
    return ok(taken + (isLast ? 2 : 1));
  }

  #readAudience(keyword: "private" | "public", word: string): Taken {
    const audience = keyword === "private" ? "asker" : "everyone";
    if (this.#terms.audience === audience) return failed({ kind: "repeated_word", word });
    if (this.#terms.audience !== null)
      return failed({ kind: "exclusive", words: ["private", "public"] });
    this.#terms.audience = audience;
    return ok(1);
  }

  #needsValue(word: string, example: string): Taken {
    const line = `${this.#scope.called} ${example}`.trim();
    return failed({ kind: "word_without_value", word, example: line });
  }
}

const exampleOf = { week: "2026-W46", since: "2026-09-01", cohort: "2026-W33" } as const;

const versusOf: ReadonlyMap<string, Versus> = new Map([
  ["prev", "prev"],
  ["previous", "prev"],
  ["week", "prev"],
  ["year", "year"],
  ["target", "target"],
]);

/** `window=4 week 46`: a term of its own and not the unit of the number before it. */
function isWeekTerm([word, ...rest]: readonly Token[], { calendar }: Scope): boolean {
  return keywordOf(word) === "week" && readWeek(rest, calendar) !== null;
}

function whatFits({ filterable: [dimension], unused }: Scope): string[] {
  const terms: [Keyword, string][] = [
    ...(dimension === undefined ? [] : [["by", `by ${dimension}`] as [Keyword, string]]),
    ["last", "last 12 weeks"],
    ["since", "since 1 Sept"],
    ["week", "week 46"],
    ["window", "window=4"],
    ["vs", "vs year"],
    ["private", "private"],
  ];
  const fitting = terms.filter(([keyword]) => !unused.has(keyword)).map(([, term]) => term);
  return [...(dimension === undefined ? [] : [`${dimension}=...`]), ...fitting];
}
