/**
 * Nobody is told what one customer pays: a sum of a sensitive metric is told only when neither it nor
 * what it differs by from the answer to a question next to it is of 1 to 4 accounts. Pure: counts come
 * in. What that guarantees, and what it does not, is in docs/adr/0024-minimum-cohort.md.
 */
import type { AccountTable, Discretion, Filters, Labels, SegmentGroup } from "../metrics/index.ts";
import {
  accountsBy,
  accountsIn,
  atomsOf,
  isEnough,
  labelsOf,
  matching,
  without,
} from "./account-groups.ts";

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
  const names = Object.entries(filters).map(([name, values]) => [name, new Set(values)] as const);
  const partOf = (labels: Labels): number =>
    names.reduce((part, [name, values], i) => {
      const isInside = values.has(labels[name] ?? "");
      return isInside ? part | (1 << i) : part;
    }, 0);
  return tables.every((table) => [...accountsBy(table, partOf).values()].every(isEnough));
}

/** What is asked for of a dimension is made of whole atoms, so that two such questions differ by whole atoms. */
function isWhole(tables: readonly AccountTable[], filters: Filters, dimension: string): boolean {
  const values = new Set(filters[dimension]);
  return atomsOf(tables, without(filters, dimension), dimension).every(
    ({ labels }) =>
      labels.every((label) => values.has(label)) || !labels.some((label) => values.has(label)),
  );
}

/** Atoms, merged with the next smallest until each row is a question that would be answered. */
function segments(tables: readonly AccountTable[], filters: Filters, by: string): SegmentGroup[] {
  const others = without(filters, by);
  const asked = filters[by] && new Set(filters[by]);
  const rowOf = (group: SegmentGroup): Row => {
    const told = { ...others, [by]: group.labels };
    return { group, size: sizeOf(tables, told), isTold: mayTell(tables, told) };
  };
  let rows = atomsOf(tables, others, by)
    .filter(({ labels }) => asked === undefined || labels.some((label) => asked.has(label)))
    .map(rowOf);
  while (rows.length > 1) {
    // Those that may not be told first, the smallest of each.
    const [first, second] = rows.sort(
      (a, b) => Number(a.isTold) - Number(b.isTold) || a.size - b.size,
    );
    if (first === undefined || second === undefined || first.isTold) break;
    rows = [...rows.slice(2), rowOf(merge(first.group, second.group))];
  }
  const [only] = rows;
  if (rows.length > 1 || only === undefined || only.isTold) return rows.map(({ group }) => group);
  // With the labels that nobody stands under here it is the whole of the question, which may be told.
  const labels = [...new Set([...only.group.labels, ...(filters[by] ?? labelsOf(tables, by))])];
  return [rowOf({ ...only.group, labels })]
    .filter(({ isTold }) => isTold)
    .map(({ group }) => group);
}

/** A group as it would be told; what has been found of it is kept, for each is looked at again and again. */
interface Row {
  group: SegmentGroup;
  size: number;
  isTold: boolean;
}

/** Of all tables together. */
function sizeOf(tables: readonly AccountTable[], filters: Filters): number {
  const isIn = matching(filters);
  return tables.reduce((sum, table) => sum + accountsIn(table, isIn), 0);
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
  const [best] = kept
    .map((each) => widened(tables, each))
    .filter((each) => mayTell(tables, each))
    .map((each) => ({ each, names: Object.keys(each).length, size: sizeOf(tables, each) }))
    .sort((a, b) => b.names - a.names || a.size - b.size);
  return best?.each ?? null;
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
