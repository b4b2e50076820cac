/** Accounts counted by labels, and the smallest groups of labels that may be told apart. */
import type { AccountTable, Filters, Labels, SegmentGroup } from "../metrics/index.ts";

/** What is told is of none or of at least so many accounts, and so is what it differs by. */
export const LEAST_ACCOUNTS = 5;

/** The distinct accounts with something in what `isIn` picks. */
export function accountsIn(table: AccountTable, isIn: (labels: Labels) => boolean): number {
  return table.reduce((sum, { accounts, labels }) => (labels.some(isIn) ? sum + accounts : sum), 0);
}

export function matches(labels: Labels, filters: Filters): boolean {
  return Object.entries(filters).every(([name, values]) => values.includes(labels[name] ?? ""));
}

/** None, or enough of them, in each of the tables. */
export function isTellable(
  tables: readonly AccountTable[],
  isIn: (labels: Labels) => boolean,
): boolean {
  return tables.every((table) => {
    const accounts = accountsIn(table, isIn);
    return accounts === 0 || accounts >= LEAST_ACCOUNTS;
  });
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
  const isOf = (group: readonly string[]) => (labels: Labels) =>
    matches(labels, others) && group.includes(labels[dimension] ?? "");
  const size = (label: string): number =>
    tables.reduce((sum, table) => sum + accountsIn(table, isOf([label])), 0);
  const known = labelsOf(tables, others, dimension)
    .map((label) => ({ label, size: size(label), fits: isTellable(tables, isOf([label])) }))
    .sort((a, b) => a.size - b.size || (a.label < b.label ? -1 : 1));
  const small = known.filter(({ fits }) => !fits).map(({ label }) => label);
  const merged = [...small];
  const rest = known.filter(({ fits }) => fits).map(({ label }) => label);
  while (rest.length > 0 && !isTellable(tables, isOf(merged))) merged.push(...rest.splice(0, 1));
  return [
    ...(small.length === 0 ? [] : [{ labels: merged, small }]),
    ...rest.map((label) => ({ labels: [label], small: [] })),
  ];
}

/** Under which accounts stand that the other filters leave. */
export function labelsOf(
  tables: readonly AccountTable[],
  others: Filters,
  dimension: string,
): string[] {
  const labels = tables
    .flat()
    .flatMap((profile) => profile.labels.filter((each) => matches(each, others)))
    .map((each) => each[dimension]);
  return [...new Set(labels.filter((label) => label !== undefined))];
}

export function without(filters: Filters, dimension: string): Filters {
  return Object.fromEntries(Object.entries(filters).filter(([name]) => name !== dimension));
}
