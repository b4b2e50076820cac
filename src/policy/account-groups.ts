/** Accounts counted by labels, and the smallest groups of labels that may be told apart. */
import type { AccountTable, Filters, Labels, SegmentGroup } from "../metrics/index.ts";

/** What is told is of none or of at least so many accounts, and so is what it differs by. */
export const LEAST_ACCOUNTS = 5;

/**
 * The distinct accounts with something under each key; null is no key. A company may have hundreds of
 * labels and thousands of profiles, so whoever decides about all of them goes over the table once.
 */
export function accountsBy<Key>(
  table: AccountTable,
  keyOf: (labels: Labels) => Key | null,
): Map<Key, number> {
  const counts = new Map<Key, number>();
  for (const { accounts, labels } of table)
    for (const key of new Set(labels.map(keyOf)))
      if (key !== null) counts.set(key, (counts.get(key) ?? 0) + accounts);
  return counts;
}

/** The distinct accounts with something in what `isIn` picks. */
export function accountsIn(table: AccountTable, isIn: (labels: Labels) => boolean): number {
  return table.reduce((sum, { accounts, labels }) => (labels.some(isIn) ? sum + accounts : sum), 0);
}

export function matching(filters: Filters): (labels: Labels) => boolean {
  const allowed = Object.entries(filters).map(([name, values]) => [name, new Set(values)] as const);
  return (labels) => allowed.every(([name, values]) => values.has(labels[name] ?? ""));
}

/** None, or enough of them. */
export function isEnough(accounts: number): boolean {
  return accounts === 0 || accounts >= LEAST_ACCOUNTS;
}

/**
 * Labels with too few accounts are one atom, with the next smallest for as long as it is still too
 * small; each other label is an atom by itself. They part the accounts that the other filters leave.
 * Decided by counts and names alone, so that every question under the same other filters meets the
 * same atoms.
 */
export function atomsOf(
  tables: readonly AccountTable[],
  others: Filters,
  dimension: string,
): SegmentGroup[] {
  const isOther = matching(others);
  const labelIn = (labels: Labels) => (isOther(labels) ? (labels[dimension] ?? null) : null);
  const counts = tables.map((table) => accountsBy(table, labelIn));
  const known = [...new Set(counts.flatMap((count) => [...count.keys()]))]
    .map((label) => {
      const accounts = counts.map((count) => count.get(label) ?? 0);
      const size = accounts.reduce((sum, each) => sum + each, 0);
      return { label, size, fits: accounts.every(isEnough) };
    })
    .sort((a, b) => a.size - b.size || (a.label < b.label ? -1 : 1));
  const small = known.filter(({ fits }) => !fits).map(({ label }) => label);
  const rest = known.filter(({ fits }) => fits).map(({ label }) => label);
  const merged = new Set(small);
  const isMerged = (labels: Labels) => merged.has(labelIn(labels) ?? "");
  while (rest.length > 0 && !tables.every((table) => isEnough(accountsIn(table, isMerged))))
    for (const next of rest.splice(0, 1)) merged.add(next);
  return [
    ...(small.length === 0 ? [] : [{ labels: [...merged], small }]),
    ...rest.map((label) => ({ labels: [label], small: [] })),
  ];
}

/** All labels that accounts stand under. */
export function labelsOf(tables: readonly AccountTable[], dimension: string): string[] {
  const labels = tables.flat().flatMap((profile) => profile.labels.map((each) => each[dimension]));
  return [...new Set(labels.filter((label) => label !== undefined))];
}

export function without(filters: Filters, dimension: string): Filters {
  return Object.fromEntries(Object.entries(filters).filter(([name]) => name !== dimension));
}
