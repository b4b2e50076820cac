/**
 * Nobody is told what one customer pays: a sum of a sensitive metric is told only when neither it nor
 * what it differs by from the answer to a question next to it is of 1 to 4 accounts. Pure: counts come
 * in. What that guarantees, and what it does not, is in docs/adr/0024-minimum-cohort.md.
 */
import type { AccountTable, Discretion, Filters, SegmentGroup } from "../metrics/index.ts";
import { accountsIn, atomsOf, isTellable, labelsOf, matches, without } from "./account-groups.ts";

export const minimumCohort: Discretion = { mayTell, segments, nearest };

/** More filters than this are asked for by nobody, and each doubles the parts that have to be looked at. */
const MOST_FILTERS = 8;

function mayTell(tables: readonly AccountTable[], filters: Filters): boolean {
  const names = Object.keys(filters);
  if (names.length > MOST_FILTERS) return false;
  return partsAreTellable(tables, filters) && names.every((name) => isWhole(tables, filters, name));
}

/**
 * Each filter parts the accounts into those inside and those outside; no part that all of them
 * together cut out may be small. So no answers to the question with some of its filters left away
 * can be added and subtracted to one, however many there are.
 */
function partsAreTellable(tables: readonly AccountTable[], filters: Filters): boolean {
  const names = Object.entries(filters);
  return Array.from({ length: 2 ** names.length }, (_, part) => part).every((part) =>
    isTellable(tables, (labels) =>
      names.every(([name, values], i) => {
        const isInside = values.includes(labels[name] ?? "");
        return isInside === ((part & (1 << i)) !== 0);
      }),
    ),
  );
}

/** What is asked for of a dimension is made of whole atoms, so that two such questions differ by whole atoms. */
function isWhole(tables: readonly AccountTable[], filters: Filters, dimension: string): boolean {
  const values = filters[dimension] ?? [];
  return atomsOf(tables, without(filters, dimension), dimension).every(
    ({ labels }) =>
      labels.every((label) => values.includes(label)) ||
      labels.every((label) => !values.includes(label)),
  );
}

/** Atoms, merged with the next smallest until each row is a question that would be answered. */
function segments(tables: readonly AccountTable[], filters: Filters, by: string): SegmentGroup[] {
  const others = without(filters, by);
  const asked = filters[by];
  const size = ({ labels }: SegmentGroup): number =>
    tables.reduce(
      (sum, table) => sum + accountsIn(table, (each) => matches(each, { ...others, [by]: labels })),
      0,
    );
  const bySize = (a: SegmentGroup, b: SegmentGroup): number => size(a) - size(b);
  const isRow = ({ labels }: SegmentGroup): boolean => mayTell(tables, { ...others, [by]: labels });
  let groups: SegmentGroup[] = atomsOf(tables, others, by).filter(
    ({ labels }) => asked === undefined || labels.some((label) => asked.includes(label)),
  );
  while (groups.length > 1) {
    const failing = groups.filter((group) => !isRow(group)).sort(bySize);
    const [first] = failing;
    if (first === undefined) break;
    const [second] = [...failing.slice(1), ...groups.filter(isRow).sort(bySize)];
    if (second === undefined) break;
    groups = [...groups.filter((each) => each !== first && each !== second), merge(first, second)];
  }
  const [only] = groups;
  if (groups.length > 1 || only === undefined || isRow(only)) return groups;
  // With the labels that nobody stands under here it is the whole of the question, which may be told.
  const labels = [...new Set([...only.labels, ...(asked ?? labelsOf(tables, {}, by))])];
  return [{ ...only, labels }].filter(isRow);
}

function merge(a: SegmentGroup, b: SegmentGroup): SegmentGroup {
  return { labels: [...a.labels, ...b.labels], small: [...a.small, ...b.small] };
}

/** Of those that keep most filters, the one of the fewest accounts: each filter widened to whole atoms. */
function nearest(tables: readonly AccountTable[], filters: Filters): Filters | null {
  const names = Object.keys(filters);
  if (names.length > MOST_FILTERS) return nearest(tables, {});
  const kept = Array.from({ length: 2 ** names.length }, (_, part) =>
    Object.fromEntries(Object.entries(filters).filter((_, i) => (part & (1 << i)) !== 0)),
  );
  const size = (each: Filters): number =>
    tables.reduce((sum, table) => sum + accountsIn(table, (labels) => matches(labels, each)), 0);
  const [best] = kept
    .map((each) => widened(tables, each))
    .filter((each) => mayTell(tables, each))
    .sort((a, b) => Object.keys(b).length - Object.keys(a).length || size(a) - size(b));
  return best ?? null;
}

/** A filter that has come to hold every label is none. */
function widened(tables: readonly AccountTable[], filters: Filters): Filters {
  for (const [name, values] of Object.entries(filters)) {
    const others = without(filters, name);
    const atoms = atomsOf(tables, others, name);
    const touched = atoms.filter(({ labels }) => labels.some((label) => values.includes(label)));
    const whole = new Set([...values, ...touched.flatMap(({ labels }) => labels)]);
    if (atoms.every((atom) => touched.includes(atom))) return widened(tables, others);
    if (whole.size > values.length)
      return widened(tables, { ...others, [name]: [...whole].sort() });
  }
  return filters;
}
