/** Finds a metric by what a person calls it: id, code, name or alias. */
import { distance } from "fastest-levenshtein";
import type { Metric } from "../metrics/catalogue/index.ts";

/** Case, hyphens, underscores and brackets make no difference. */
export function plainName(text: string): string {
  return text
    .toLowerCase()
    .replace(/[_\-()]+/g, " ")
    .replace(/\s+/g, " ")
    .trim();
}

export function namesOf(metric: Metric): string[] {
  return [...new Set([metric.id, metric.name, ...metric.codes, ...metric.aliases].map(plainName))];
}

export interface NamedMetric {
  metric: Metric;
  /** How many words its name took. */
  words: number;
}

/** The longest name from the left wins, so that keywords may be part of names. */
export function findMetric(
  words: readonly string[],
  metrics: readonly Metric[],
): NamedMetric | null {
  const byName = new Map(
    metrics.flatMap((metric) => namesOf(metric).map((name) => [name, metric] as const)),
  );
  const longest = Math.max(0, ...[...byName.keys()].map((name) => name.split(" ").length));
  for (let count = Math.min(words.length, longest); count > 0; count--) {
    const metric = byName.get(plainName(words.slice(0, count).join(" ")));
    if (metric) return { metric, words: count };
  }
  return null;
}

/** Ids of the metrics whose names are nearest to what was typed, the nearest first, at most three. */
export function nearestMetrics(words: readonly string[], metrics: readonly Metric[]): string[] {
  const typed = [
    plainName(words[0] ?? ""),
    plainName(words.slice(0, 2).join(" ")),
    plainName(words.join(" ")),
  ];
  const scored = metrics.map((metric) => ({
    id: metric.id,
    score: Math.min(
      ...namesOf(metric).flatMap((name) => typed.map((text) => unlikeness(text, name))),
    ),
  }));
  return scored
    .filter(({ score }) => score <= 0.4)
    .sort((a, b) => a.score - b.score)
    .slice(0, 3)
    .map(({ id }) => id);
}

/** No name is longer; the comparison takes time with the length of what was typed. */
const LONGEST_NAME = 80;

/** 0 the same, 1 nothing alike. A part that was typed in full is near. */
function unlikeness(typed: string, name: string): number {
  if (typed.length < 2 || typed.length > LONGEST_NAME) return 1;
  if (name.split(" ").includes(typed) || (typed.length > 3 && name.includes(typed))) return 0.2;
  return distance(typed, name) / Math.max(typed.length, name.length);
}

export function nearestWords(word: string, known: readonly string[]): string[] {
  const typed = word.toLowerCase();
  return known
    .map((name) => ({ name, score: unlikeness(typed, name.toLowerCase()) }))
    .filter(({ score }) => score <= 0.5)
    .sort((a, b) => a.score - b.score)
    .slice(0, 3)
    .map(({ name }) => name);
}
