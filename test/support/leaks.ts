/** Stands in every secret and every datum of the tests that look for leaks. */
export const CANARY = "c4n4ry";

/** What no output may hold: the tests' canary, their tokens and signing secrets, a password in an address. */
const forbidden = [
  new RegExp(CANARY),
  /xox[abp]-(?!\.\.\.)[\w-]+/,
  /xapp-(?!\.\.\.)[\w-]+/,
  /[\w-]+-signing-secret/,
  /postgres(?:ql)?:\/\/[^\s:@/]+:[^\s@]+@/,
];

export function leaksIn(text: string): string[] {
  return forbidden.flatMap((pattern) => pattern.exec(text)?.[0] ?? []);
}
