/** The words after a metric's name: filters, `by`, `week`, `last`, `window`. Pure. */
import { failed, ok, type Result } from "../result.ts";
import type { AskFault } from "../wording/index.ts";

/** As typed; nothing is checked against the metric yet. */
export interface Terms {
  filters: { dimension: string; values: string[] }[];
  by: string | null;
  week: string | null;
  last: number | null;
  window: number | null;
}

const MOST_WEEKS = 260;
const MOST_WINDOW = 104;
const laterWords = new Set(["since", "vs", "private", "public"]);
const expected = ["dim=value", "by <dim>", "week <w>", "last <n> weeks", "window=<n>"];

export function readTerms(words: readonly string[]): Result<Terms, AskFault> {
  const terms: Terms = { filters: [], by: null, week: null, last: null, window: null };
  let rest = joinPairs(words);
  while (rest.length > 0) {
    const read = readTerm(terms, rest);
    if (!read.ok) return read;
    rest = rest.slice(read.value);
  }
  return ok(terms);
}

/** `tier = pro` and `tier= pro` are what they look like. */
function joinPairs(words: readonly string[]): string[] {
  const joined: string[] = [];
  for (const word of words) {
    const before = joined.at(-1);
    const belongs = before !== undefined && (word.startsWith("=") || /^[^=]+=$/.test(before));
    if (belongs) joined[joined.length - 1] = `${before}${word}`;
    else joined.push(word);
  }
  return joined;
}

/** Reads one term into `terms`; the number of words it took. */
function readTerm(terms: Terms, words: readonly string[]): Result<number, AskFault> {
  const [word = "", value] = words;
  const keyword = word.toLowerCase();
  if (word.includes("=")) return readPair(terms, words);
  switch (keyword) {
    case "by":
      if (value === undefined)
        return failed({ kind: "word_without_value", word, example: "adoption by tier" });
      if (terms.by !== null) return failed({ kind: "repeated_word", word });
      terms.by = dimensionName(value);
      return ok(2);
    case "week":
      if (value === undefined)
        return failed({ kind: "word_without_value", word, example: "adoption week 2026-W46" });
      if (terms.week !== null) return failed({ kind: "repeated_word", word });
      terms.week = value;
      return ok(2);
    case "last":
      return readLast(terms, words);
    default:
      return failed(
        laterWords.has(keyword)
          ? { kind: "not_yet", word }
          : { kind: "unknown_word", word, expected },
      );
  }
}

function readLast(terms: Terms, words: readonly string[]): Result<number, AskFault> {
  const [word = "", value, unit] = words;
  if (value === undefined)
    return failed({ kind: "word_without_value", word, example: "adoption last 26 weeks" });
  if (terms.last !== null) return failed({ kind: "repeated_word", word });
  // "last week" is what is answered anyway.
  if (/^week$/i.test(value)) return ok(2);
  const count = wholeNumber(value, MOST_WEEKS);
  if (count === null)
    return failed({ kind: "bad_number", word: value, lowest: 1, highest: MOST_WEEKS });
  terms.last = count;
  return ok(/^weeks?$/i.test(unit ?? "") ? 3 : 2);
}

/** `tier=pro,enterprise`, also with spaces around the commas. */
function readPair(terms: Terms, words: readonly string[]): Result<number, AskFault> {
  const [word = ""] = words;
  const at = word.indexOf("=");
  const name = dimensionName(word.slice(0, at));
  let listed = word.slice(at + 1);
  let taken = 1;
  while (words[taken] !== undefined && (listed.endsWith(",") || words[taken]?.startsWith(",")))
    listed += words[taken++];
  const values = listed
    .split(",")
    .map((value) => value.trim().replace(/^'(.*)'$/, "$1"))
    .filter((value) => value !== "");
  if (name === "" || values.length === 0)
    return failed({ kind: "word_without_value", word, example: "adoption tier=pro" });
  if (name === "window") return readWindow(terms, values.join(","), taken);
  if (terms.filters.some((filter) => filter.dimension === name))
    return failed({ kind: "repeated_word", word: name });
  terms.filters.push({ dimension: name, values });
  return ok(taken);
}

function readWindow(terms: Terms, value: string, taken: number): Result<number, AskFault> {
  if (terms.window !== null) return failed({ kind: "repeated_word", word: "window" });
  const weeks = wholeNumber(value, MOST_WINDOW);
  if (weeks === null)
    return failed({ kind: "bad_number", word: value, lowest: 1, highest: MOST_WINDOW });
  terms.window = weeks;
  return ok(taken);
}

/** `plan` is a synonym of tier (METRICS.md 1.8). */
function dimensionName(word: string): string {
  const name = word.trim().toLowerCase().replaceAll("-", "_");
  return name === "plan" ? "tier" : name;
}

function wholeNumber(text: string, most: number): number | null {
  if (!/^\d{1,4}$/.test(text)) return null;
  const value = Number(text);
  return value >= 1 && value <= most ? value : null;
}
