/** The values of a filter, as the data spell them. Pure: the known labels come in. */
import { NO_SEGMENT } from "../metrics/index.ts";
import { failed, ok, type Result } from "../result.ts";
import type { AskFault } from "../wording/index.ts";
import { fold } from "./fold-text.ts";
import { isKeyword } from "./keywords.ts";
import type { Token } from "./lex-line.ts";
import { textOf } from "./name-index.ts";
import { isBareWeek } from "./read-week.ts";
import { nearestWords } from "./unlikeness.ts";

export interface ReadValues {
  values: string[];
  /** How many tokens they took. */
  taken: number;
}

/** Labels of a value; null when the dimension has no such value. */
type Labels = (value: string, quoted: boolean) => readonly string[] | null;

/**
 * Values with commas between them, from the first token behind the equals sign. A value with spaces
 * needs no quotation marks where the data know it: the longest known one wins, and a keyword or the
 * next `dim=` ends it. No value at all is none read.
 */
export function readValues(
  tokens: readonly Token[],
  dimension: string,
  known: readonly string[],
): Result<ReadValues, AskFault> {
  const labels = dimension === TENURE ? tenureLabels : labelsIn(known);
  const mostWords = Math.max(3, ...known.map((label) => label.split(/\s+/).length));
  const values: string[] = [];
  let at = skipCommas(tokens, 0);
  while (at < tokens.length && !(beginsTerm(tokens, at) && !isValue(tokens, at, values, labels))) {
    // `tier=pro, W46`: a week, unless the data have a value that is called so.
    if (values.length > 0 && isBareWeek(tokens[at]) && !isKnown(tokens[at], labels)) break;
    const room = runLength(tokens, at);
    const read = longestValue(tokens.slice(at, at + Math.min(room, mostWords)), labels);
    if (read === null) {
      const value = textOf(tokens.slice(at, at + Math.max(1, room)));
      return failed(unknownValue(dimension, value, known));
    }
    values.push(...read.labels);
    at += read.taken;
    const next = skipCommas(tokens, at);
    if (next === at) break;
    at = next;
  }
  return ok({ values, taken: at });
}

/** Weeks since sign-up: a number or a range, of no known labels. Source: METRICS.md 1.8. */
export const TENURE = "tenure";

function skipCommas(tokens: readonly Token[], from: number): number {
  let at = from;
  while (tokens[at]?.kind === "comma") at += 1;
  return at;
}

function beginsTerm(tokens: readonly Token[], at: number): boolean {
  return isKeyword(tokens[at]) || tokens[at + 1]?.kind === "equals";
}

function isKnown(token: Token | undefined, labels: Labels): boolean {
  return token !== undefined && labels(token.text, true) !== null;
}

/** `source=public`: right behind the equals sign a keyword that is a known value is that value. */
function isValue(
  tokens: readonly Token[],
  at: number,
  values: readonly string[],
  labels: Labels,
): boolean {
  return values.length === 0 && isKnown(tokens[at], labels);
}

/** How many words from `at` on may be one value. */
function runLength(tokens: readonly Token[], at: number): number {
  if (tokens[at]?.kind !== "word") return tokens[at]?.kind === "quoted" ? 1 : 0;
  let end = at + 1;
  while (tokens[end]?.kind === "word" && !beginsTerm(tokens, end)) end += 1;
  return end - at;
}

function longestValue(
  run: readonly Token[],
  labels: Labels,
): { labels: readonly string[]; taken: number } | null {
  for (let taken = run.length; taken > 0; taken--) {
    const found = labels(textOf(run.slice(0, taken)), run[0]?.kind === "quoted");
    if (found !== null) return { labels: found, taken };
  }
  return null;
}

/** As spelled wins; else case and accents make no difference, unless two labels differ in them alone. */
function labelsIn(known: readonly string[]): Labels {
  const exact = new Set([...known, NO_SEGMENT]);
  return (value, quoted) => {
    if (exact.has(value)) return [value];
    const typed = fold(value);
    const same = [...exact].filter((label) => fold(label) === typed);
    if (same.length > 0) return same.length === 1 ? same : null;
    if (quoted) return null;
    if (typed === "none") return [NO_SEGMENT];
    return labelsBetween(value, known);
  };
}

const range = /^(\d{1,4})\s*(?:-|–|—|\.\.|to)\s*(\d{1,4})$/i;

/** `1-2` of a dimension whose values are whole numbers: those of them that lie in it. */
function labelsBetween(value: string, known: readonly string[]): readonly string[] | null {
  const ends = range.exec(value);
  if (ends === null || !known.every((label) => /^\d+$/.test(label))) return null;
  const [low, high] = [Number(ends[1]), Number(ends[2])];
  const between = known.filter((label) => Number(label) >= low && Number(label) <= high);
  return between.length > 0 ? between : null;
}

const tenureLabels: Labels = (value) => {
  const ends = range.exec(value);
  const [low, high] = ends === null ? [value, value] : [ends[1] ?? "", ends[2] ?? ""];
  if (!/^\d{1,3}$/.test(low) || !/^\d{1,3}$/.test(high)) return null;
  const [from, to] = [Number(low), Number(high)];
  if (from < 1 || to < from) return null;
  return [from === to ? String(from) : `${from}-${to}`];
};

function unknownValue(dimension: string, value: string, known: readonly string[]): AskFault {
  if (dimension === TENURE) return { kind: "bad_tenure", word: value };
  const [first = ""] = value.split(" ");
  const nearest = nearestWords(value, known);
  // Of several words the rest may belong to no value at all.
  const near = nearest.length > 0 ? nearest : nearestWords(first, known);
  return {
    kind: "unknown_value",
    dimension,
    value: nearest.length > 0 || near.length === 0 ? value : first,
    nearest: near,
    allowed: known,
  };
}
