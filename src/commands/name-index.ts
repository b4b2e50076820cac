/** Which metrics a name can mean: ids, names, codes, aliases, and phrases with several meanings. */
import type { Metric } from "../metrics/catalogue/index.ts";
import { ambiguousPhrases } from "./ambiguous-phrases.ts";
import { plainName } from "./fold-text.ts";
import type { Token } from "./lex-line.ts";
import { unlikeness } from "./unlikeness.ts";

/** What a name stands for. */
export interface Meaning {
  /** All that it may mean, the likeliest first; never empty. */
  metrics: readonly Metric[];
  /** What is meant when nothing more is said; null: the asker chooses. */
  meant: Metric | null;
}

export interface NameIndex {
  meanings: ReadonlyMap<string, Meaning>;
  /** Words of the longest name. */
  longest: number;
  /** Plain names of each metric. */
  names: ReadonlyMap<Metric, readonly string[]>;
}

const indexes = new WeakMap<readonly Metric[], NameIndex>();

/** Built once a catalogue, not once a line. */
export function nameIndex(metrics: readonly Metric[]): NameIndex {
  const built = indexes.get(metrics) ?? buildIndex(metrics);
  indexes.set(metrics, built);
  return built;
}

/**
 * An id or a name is nobody else's: it wins over codes and aliases, and these over nothing. A code
 * or alias of several metrics is a choice; so is a phrase of METRICS.md appendix B, as far as its
 * metrics are in the catalogue, unless what it usually means is.
 */
function buildIndex(metrics: readonly Metric[]): NameIndex {
  const own = grouped(metrics, ({ id, name }) => [id, name]);
  const shared = grouped(metrics, ({ codes, aliases }) => [
    ...codes.flatMap(codeNames),
    ...aliases,
  ]);
  const byId = new Map(metrics.map((metric) => [metric.id, metric]));
  const meanings = new Map([...shared, ...own].map(([name, of]) => [name, meaningOf(of)]));
  for (const { phrase, candidates, meant } of ambiguousPhrases) {
    const known = candidates.map((id) => byId.get(id)).filter((metric) => metric !== undefined);
    for (const name of codeNames(phrase).map(plainName)) {
      const all = [...new Set([...known, ...(shared.get(name) ?? [])])];
      if (!own.has(name) && all.length > 0)
        meanings.set(name, { metrics: all, meant: (meant && byId.get(meant)) || null });
    }
  }
  return {
    meanings,
    longest: Math.max(0, ...[...meanings.keys()].map((name) => name.split(" ").length)),
    names: new Map(metrics.map((metric) => [metric, namesOf(metric)])),
  };
}

function meaningOf(metrics: readonly Metric[]): Meaning {
  return { metrics, meant: metrics.length === 1 ? (metrics[0] ?? null) : null };
}

function grouped(
  metrics: readonly Metric[],
  namesOf: (metric: Metric) => readonly string[],
): Map<string, Metric[]> {
  const groups = new Map<string, Metric[]>();
  for (const metric of metrics) {
    const names = new Set(namesOf(metric).map(plainName).filter(Boolean));
    for (const name of names) groups.set(name, [...(groups.get(name) ?? []), metric]);
  }
  return groups;
}

/** Whether it is written like a code, such as `C.3.2`: nobody types a name so. */
export function isCode(text: string): boolean {
  return /^[A-Za-z](\.\d+)+$/.test(text);
}

/** `C.3` is also typed `c3`. */
export function codeNames(code: string): string[] {
  return isCode(code) ? [code, code.replaceAll(".", "")] : [code];
}

export function namesOf(metric: Metric): string[] {
  return [...new Set([metric.id, metric.name, ...metric.codes, ...metric.aliases].map(plainName))];
}

export interface FoundName extends Meaning {
  /** How many tokens it took. */
  taken: number;
}

/** The longest name from the left wins, so that keywords may be part of names. */
export function findName(tokens: readonly Token[], index: NameIndex): FoundName | null {
  const equals = tokens.findIndex(({ kind }) => kind === "equals");
  // The word before an equals sign is a dimension.
  const room = equals === -1 ? tokens.length : equals - 1;
  for (let taken = Math.min(room, index.longest * 2); taken > 0; taken--) {
    const name = plainName(textOf(tokens.slice(0, taken)));
    const meaning = name === "" ? undefined : index.meanings.get(name);
    if (meaning && tokens[taken - 1]?.kind !== "comma") return { ...meaning, taken };
  }
  return null;
}

/** As one would say it, without quotation marks. */
export function textOf(tokens: readonly Token[]): string {
  return tokens
    .map(({ kind, text }, i) => (i > 0 && kind !== "comma" ? ` ${text}` : text))
    .join("");
}

export const MOST_NEAREST = 3;

/** Nearer than a part that was typed in full: it is one word of several as a rule. */
export const ALL_WORDS = 0.1;

/** Whether a name has every word that was typed, in the singular or the plural and in any order. */
function hasAllWords(typed: readonly string[], name: string): boolean {
  const single = (word: string): string => word.replace(/s$/, "");
  const words = name.split(" ").map(single);
  return typed.every((word) => word.length > 2 && words.includes(single(word)));
}

/** Metrics whose names are nearest to what was typed, the nearest first; only of `visible`. */
export function nearestMetrics(
  typed: readonly string[],
  visible: readonly Metric[],
  index: NameIndex,
): { metric: Metric; score: number }[] {
  const [first = "", second = ""] = typed;
  const forms = [...new Set([first, `${first} ${second}`, typed.join(" ")].map(plainName))];
  const words = plainName(typed.join(" ")).split(" ");
  const score = (metric: Metric): number =>
    (index.names.get(metric) ?? []).reduce(
      (least, name) =>
        Math.min(
          least,
          hasAllWords(words, name) ? ALL_WORDS : 1,
          ...forms.map((form) => unlikeness(form, name)),
        ),
      1,
    );
  return visible
    .map((metric) => ({ metric, score: score(metric) }))
    .filter((near) => near.score <= 0.4)
    .sort((a, b) => a.score - b.score)
    .slice(0, MOST_NEAREST);
}
