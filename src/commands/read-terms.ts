/** The words after a metric's name, read against what the metric and the data know. Pure and total. */

import type { Audience } from "../chat-connection.ts";
import { type Filters, type Versus, type WeekStart, weekOf } from "../metrics/index.ts";
import { type Grain, periodOf } from "../periods.ts";
import { failed, ok, type Result } from "../result.ts";
import type { AskFault } from "../wording/index.ts";
import { fold } from "./fold-text.ts";
import { type Keyword, keywordOf } from "./keywords.ts";
import type { Token } from "./lex-line.ts";
import { operatorFault } from "./operator-fault.ts";
import { readDimension } from "./read-dimension.ts";
import { type GrainWord, grainOf, readPeriod } from "./read-period.ts";
import { countOf, unitOf } from "./read-span.ts";
import { readValues, TENURE } from "./read-values.ts";
import { isBareWeek, readWeek } from "./read-week.ts";
import {
  isWeekTerm,
  readNamed,
  readSpan,
  type TimeUnit,
  timeUnitOf,
  type When,
} from "./read-when.ts";
import type { Scope } from "./scope.ts";
import { whatFits } from "./what-fits.ts";
import { writeValue } from "./write-value.ts";

export interface Terms {
  filters: Filters;
  by: string | null;
  /** Null: it is asked by weeks. */
  grain: Grain | null;
  /** First day of the week, or month, or quarter. */
  week: WeekStart | null;
  cohort: WeekStart | null;
  since: WeekStart | null;
  last: number | null;
  window: number | null;
  versus: Versus | null;
  audience: Audience | null;
}

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
  /** What the words ask to be told by. */
  readonly #units = new Set<TimeUnit>();
  #sinceWords: readonly Token[] = [];
  readonly #terms: Omit<Terms, "filters"> = {
    by: null,
    grain: null,
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
    const [unit = "week", other] = this.#units;
    if (other !== undefined) return failed({ kind: "exclusive", words: [`${unit}s`, `${other}s`] });
    if (unit !== "week") this.#byPeriods(unit);
    const sorted = Object.entries(this.#filters).sort(([a], [b]) => (a < b ? -1 : 1));
    const filters = Object.fromEntries(sorted.map(([name, of]) => [name, [...new Set(of)].sort()]));
    return ok({ ...this.#terms, filters });
  }

  /** What counts weeks and months alike is of months. */
  #byPeriods(unit: GrainWord): void {
    const { calendar } = this.#scope;
    this.#terms.grain = grainOf(unit, calendar);
    if (this.#terms.since === null) return;
    const read = readPeriod(unit, this.#sinceWords, calendar);
    // A day that only a week has words for, such as "46", is the day that its week begins with.
    this.#terms.since =
      read?.first ??
      periodOf(Temporal.PlainDate.from(this.#terms.since), calendar.weekStarts, this.#terms.grain);
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
    if (isBareWeek(first) && !this.#scope.unused.has("week"))
      return this.#readWhen(readNamed("week", rest, this.#scope), first?.text ?? "", 0);
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
        return this.#readWhen(readSpan(keyword, word, after, this.#scope), word, taken);
      case "week":
      case "month":
      case "quarter":
        if (after.length === 0) return this.#needsValue(word, `${keyword} ${exampleOf[keyword]}`);
        return this.#readWhen(readNamed(keyword, after, this.#scope), word, taken);
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
    const unit = after[0]?.kind === "word" ? timeUnitOf(unitOf(after[0].text) ?? "") : null;
    if (unit !== null) {
      this.#units.add(unit);
      return ok(taken + 1);
    }
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

  #readWhen(read: Result<When, AskFault>, word: string, begin: number): Taken {
    if (!read.ok) return read;
    const when = read.value;
    if (when.unit !== "week" && this.#scope.unused.has(when.unit)) return this.#strange(word);
    if (when.says === "which") {
      if (this.#terms.week !== null) return failed({ kind: "repeated_word", word: when.unit });
      this.#terms.week = when.first;
    } else {
      if (this.#terms.last !== null) return failed({ kind: "repeated_word", word });
      this.#terms.last = when.count;
    }
    this.#units.add(when.unit);
    return ok(begin + when.taken);
  }

  #readWeekOf(
    keyword: "since" | "cohort",
    word: string,
    after: readonly Token[],
    taken: number,
  ): Taken {
    if (after.length === 0) return this.#needsValue(word, `${keyword} ${exampleOf[keyword]}`);
    if (this.#terms[keyword] !== null) return failed({ kind: "repeated_word", word });
    const { calendar } = this.#scope;
    const read = readWeek(after, calendar) ?? readPeriod("month", after, calendar);
    if (read === null)
      return failed({ kind: "bad_week", word: after[0]?.text ?? "", unit: "week" });
    this.#terms[keyword] = weekOf(Temporal.PlainDate.from(read.first), calendar.weekStarts);
    if (keyword === "since") this.#sinceWords = after.slice(0, read.taken);
    return ok(taken + read.taken);
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

const exampleOf = {
  week: "2026-W46",
  month: "2026-10",
  quarter: "2026-Q3",
  since: "2026-09-01",
  cohort: "2026-W33",
} as const;

const versusOf: ReadonlyMap<string, Versus> = new Map([
  ["prev", "prev"],
  ["previous", "prev"],
  ["week", "prev"],
  ["year", "year"],
  ["target", "target"],
]);
