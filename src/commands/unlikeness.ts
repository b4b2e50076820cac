/** How far a word is from what it may have been meant as. */
import { distance } from "fastest-levenshtein";
import { fold } from "./fold-text.ts";

/** No name is longer; the comparison takes time with the length of what was typed. */
const LONGEST_NAME = 80;

/** 0 the same, 1 nothing alike. A part that was typed in full is near. Both are folded already. */
export function unlikeness(typed: string, name: string): number {
  if (typed === name) return 0;
  if (typed.length < 2 || typed.length > LONGEST_NAME) return 1;
  if (name.split(" ").includes(typed) || (typed.length > 3 && name.includes(typed))) return 0.2;
  const longer = Math.max(typed.length, name.length);
  // The distance is never less than the difference in length.
  if (Math.abs(typed.length - name.length) > longer / 2) return 1;
  return distance(typed, name) / longer;
}

/** The nearest of `known`, the nearest first, at most three. */
export function nearestWords(word: string, known: readonly string[]): string[] {
  const typed = fold(word);
  return known
    .map((name) => ({ name, score: unlikeness(typed, fold(name)) }))
    .filter(({ score }) => score <= 0.5)
    .sort((a, b) => a.score - b.score)
    .slice(0, 3)
    .map(({ name }) => name);
}
