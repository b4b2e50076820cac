import { distance } from "fastest-levenshtein";

/** At most three candidates that a slip of the hand would explain, nearest first. */
export function nearest(word: string, candidates: Iterable<string>): string[] {
  const plain = (text: string) => text.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, "");
  const wanted = plain(word);
  const reach = Math.max(2, Math.floor(wanted.length / 3));
  return [...candidates]
    .map((candidate) => ({ candidate, far: distance(wanted, plain(candidate)) }))
    .filter(({ far }) => far <= reach)
    .sort((a, b) => a.far - b.far)
    .slice(0, 3)
    .map(({ candidate }) => candidate);
}
