/** What to type instead of a line that is wrong. Pure. */
import type { AskFault } from "../wording/index.ts";
import type { Ask, CommandContext } from "./command-context.ts";
import { fold } from "./fold-text.ts";
import { keywordOf } from "./keywords.ts";
import { lexLine, type Token } from "./lex-line.ts";
import { type NamedMetric, nameMetric } from "./name-metric.ts";
import { dimensionName, readDimension } from "./read-dimension.ts";
import { readTerms } from "./read-terms.ts";
import { readValues, TENURE } from "./read-values.ts";
import type { Scope } from "./scope.ts";
import { nearestWords } from "./unlikeness.ts";
import { writeValue } from "./write-value.ts";

/** A line that was read up to its metric's name. */
export interface WrongLine {
  context: CommandContext;
  ask: Ask;
  named: NamedMetric;
  /** With the values of all dimensions that the metric has. */
  scope: Scope;
}

/** Whether there is a line to type instead. */
export function isMendable({ kind }: AskFault): boolean {
  return mendable.has(kind);
}

const mendable: ReadonlySet<AskFault["kind"]> = new Set([
  "unknown_word",
  "unknown_dimension",
  "not_weeks",
  "word_without_value",
  "unsupported_operator",
]);

/**
 * The fault with lines that are read without one: what was typed with the mistake mended, or, where
 * that has another, the metric with what is mended alone.
 */
export function mendLine(wrong: WrongLine, fault: AskFault): AskFault {
  switch (fault.kind) {
    case "unknown_word":
      return recogniseWord(wrong, fault);
    case "unknown_dimension":
      return { ...fault, lines: linesOfDimension(wrong, fault) };
    case "not_weeks": {
      const instead = `last ${fault.weeks} weeks`;
      return {
        ...fault,
        line: firstRead(wrong, [put(wrong, fault.word, instead)], instead) ?? "help",
      };
    }
    case "word_without_value":
      return { ...fault, example: firstRead(wrong, [], wordsOf(wrong, fault.example)) ?? "help" };
    case "unsupported_operator":
      return {
        ...fault,
        line: fault.line === null ? null : firstRead(wrong, [], wordsOf(wrong, fault.line)),
      };
    default:
      return fault;
  }
}

/** What an example says after the metric. */
function wordsOf({ scope }: WrongLine, example: string): string {
  return example.slice(scope.called.length).trim();
}

/** A word that nobody reads may be a value without its dimension, or a dimension without a sign. */
function recogniseWord(
  wrong: WrongLine,
  fault: Extract<AskFault, { kind: "unknown_word" }>,
): AskFault {
  const { scope, named } = wrong;
  const at = indexOf(named.rest, fault.word);
  const [token, next] = named.rest.slice(at, at + 2);
  if (at === -1 || token === undefined) return fault;
  const { word } = fault;
  const dimension = dimensionName(word, scope.filterable);
  const filter = dimension === null ? null : filterLine(wrong, dimension, token, next);
  const cut = dimension === null ? null : cutLine(wrong, dimension, at);
  const lines = [filter, cut].filter((line) => line !== null);
  if (filter !== null) return { kind: "bare_dimension", word, lines };
  for (const name of scope.metric.dimensions) {
    const label = labelLike(scope.labels(name), word);
    if (label === undefined) continue;
    const line = lineWithValue(wrong, name, label, token, token);
    if (line !== null) return { kind: "bare_value", word, dimension: name, line };
  }
  return cut === null ? fault : { kind: "bare_dimension", word, lines };
}

function filterLine(
  wrong: WrongLine,
  dimension: string,
  token: Token,
  next: Token | undefined,
): string | null {
  if (next === undefined || keywordOf(next) !== null) return null;
  const known = wrong.scope.labels(dimension);
  const value = labelLike(known, next.text) ?? nearestWords(next.text, known)[0];
  return value === undefined ? null : lineWithValue(wrong, dimension, value, token, next);
}

/** The word behind may be of the dimension that is cut by, and has no place then. */
function cutLine(wrong: WrongLine, dimension: string, at: number): string | null {
  if (!wrong.scope.metric.dimensions.includes(dimension)) return null;
  const [token, next = token] = wrong.named.rest.slice(at, at + 2);
  if (token === undefined || next === undefined) return null;
  const cut = `by ${writeValue(dimension)}`;
  const whole = [splice(wrong, token, token, cut), splice(wrong, token, next, cut)];
  return firstRead(wrong, whole, cut);
}

/** Where the line filters by the dimension already, one value more for that filter. */
function lineWithValue(
  wrong: WrongLine,
  dimension: string,
  label: string,
  from: Token,
  to: Token,
): string | null {
  const filter = `${writeValue(dimension)}=${writeValue(label)}`;
  const end = filterEnd(wrong, dimension);
  if (end === null) return firstRead(wrong, [splice(wrong, from, to, filter)], filter);
  const { line } = wrong.ask;
  const more = `,${writeValue(label)}`;
  const whole =
    end <= from.start
      ? [line.slice(0, end) + more, line.slice(end, from.start), line.slice(to.end)]
      : [line.slice(0, from.start), line.slice(to.end, end) + more, line.slice(end)];
  return firstRead(
    wrong,
    [
      whole
        .map((part) => part.trim())
        .filter(Boolean)
        .join(" "),
    ],
    filter,
  );
}

/** Where the values end that the line filters the dimension by; null: it does not. */
function filterEnd({ named: { rest }, scope }: WrongLine, dimension: string): number | null {
  for (let at = 0; at < rest.length; at++) {
    const name = readDimension(rest.slice(at), scope, "filter");
    if (!name.ok || name.value?.name !== dimension) continue;
    const begin = at + name.value.taken;
    const values = readValues(rest.slice(begin), dimension, scope.labels(dimension));
    const last = values.ok ? rest[begin + values.value.taken - 1] : undefined;
    if (last !== undefined && last.kind !== "comma") return last.end;
  }
  return null;
}

/** The name that was meant in the place of the wrong one, else something that the metric can be asked. */
function linesOfDimension(
  wrong: WrongLine,
  fault: Extract<AskFault, { kind: "unknown_dimension" }>,
): string[] {
  const { word, nearest = [] } = fault;
  const { dimensions } = wrong.scope.metric;
  const meant = nearest.flatMap((name) => {
    const alone = dimensions.includes(name) ? `by ${writeValue(name)}` : `${TENURE}=1-13`;
    return firstRead(wrong, [put(wrong, word, writeValue(name))], alone) ?? [];
  });
  if (meant.length > 0) return [...new Set(meant)];
  const examples = [
    ...(fault.isFilter ? [filterExample(wrong)] : []),
    dimensions[0] === undefined ? null : `by ${writeValue(dimensions[0])}`,
    "",
  ].filter((example) => example !== null);
  return [firstOf(examples, (example) => firstRead(wrong, [], example)) ?? "help"];
}

/** A filter by a value that there is; null where the data know none. */
function filterExample({ scope }: WrongLine): string | null {
  return firstOf(scope.filterable, (name) => {
    const [label] = scope.labels(name);
    return label === undefined ? null : `${writeValue(name)}=${writeValue(label)}`;
  });
}

/** The first of the lines that is read without a fault, else the metric with the words alone. */
function firstRead(
  wrong: WrongLine,
  lines: readonly (string | null)[],
  alone: string,
): string | null {
  const { ask, named } = wrong;
  const before = ask.line.slice(0, ask.tokens[0]?.start ?? 0);
  const short = [named.typed, named.metric.id].map((name) => `${before}${name} ${alone}`.trim());
  const whole = lines.filter((line) => line !== null).map((line) => line.trimEnd());
  const all = [...whole, ...short];
  return all.find((line) => isRead(wrong, line.slice(before.length))) ?? null;
}

function isRead({ context, ask, named, scope }: WrongLine, line: string): boolean {
  const lexed = lexLine(line);
  if (!lexed.ok) return false;
  const again = nameMetric(context, { ...ask, line, tokens: lexed.value });
  if (!again.ok || again.value.metric !== named.metric) return false;
  return readTerms(again.value.rest, scope).ok;
}

/** The line with other words where some stand; null where they do not stand there. */
function put(wrong: WrongLine, words: string, instead: string): string | null {
  const { rest } = wrong.named;
  const [first = "", ...others] = words.split(" ");
  const at = rest.findIndex(
    ({ text }, i) =>
      (text === first || text.startsWith(words)) &&
      others.every((word, n) => rest[i + n + 1]?.text === word),
  );
  const [from, to] = [rest[at], rest[at + others.length]];
  return from === undefined || to === undefined ? null : splice(wrong, from, to, instead);
}

function splice({ ask: { line } }: WrongLine, from: Token, to: Token, text: string): string {
  return `${line.slice(0, from.start)}${text}${line.slice(to.end)}`;
}

function indexOf(tokens: readonly Token[], word: string): number {
  return tokens.findIndex(({ text }) => text === word);
}

function labelLike(known: readonly string[], word: string): string | undefined {
  const typed = fold(word);
  return known.find((label) => fold(label) === typed);
}

function firstOf<T, R>(items: readonly T[], find: (item: T) => R | null): R | null {
  for (const item of items) {
    const found = find(item);
    if (found !== null) return found;
  }
  return null;
}
