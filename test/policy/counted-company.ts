/** A company as a list of what its accounts paid, and every question that can be asked of it. */
import fc from "fast-check";
import type { AccountTable, Filters } from "../../src/metrics/index.ts";

/** A sum that an account paid, under one label of each dimension. */
export interface Paid {
  account: string;
  labels: Readonly<Record<string, string>>;
}

/** The accounts' own, and one that a payment has, so that an account may stand under several labels. */
const dimensions = {
  tier: ["free", "pro", "team"],
  region: ["eu", "us", "apac"],
  kind: ["plan", "usage"],
} as const;

const label = (of: keyof typeof dimensions) =>
  // Some labels are rare, as they are in companies, since small segments are what this is about.
  fc.integer({ min: 0, max: 11 }).map((i) => dimensions[of][i < 7 ? 0 : i < 10 ? 1 : 2] ?? "plan");

const account = fc.record({
  tier: label("tier"),
  region: label("region"),
  kinds: fc.constantFrom(["plan"], ["usage"], ["plan", "usage"]),
});

export const aCompany: fc.Arbitrary<Paid[]> = fc
  .array(account, { minLength: 1, maxLength: 60 })
  .map((accounts) =>
    accounts.flatMap(({ tier, region, kinds }, i) =>
      kinds.map((kind) => ({ account: `a${i}`, labels: { tier, region, kind } })),
    ),
  );

/** Without the dimension, and with every choice of its labels. */
function filtersOf(name: string, labels: readonly string[]): Filters[] {
  const choices = Array.from({ length: 2 ** labels.length }, (_, part) =>
    labels.filter((_, i) => (part & (1 << i)) !== 0),
  );
  return choices.map((chosen) => (chosen.length === 0 ? {} : { [name]: chosen }));
}

export const everyQuestion: Filters[] = Object.entries(dimensions).reduce<Filters[]>(
  (questions, [name, labels]) =>
    questions.flatMap((filters) =>
      filtersOf(name, labels).map((more) => ({ ...filters, ...more })),
    ),
  [{}],
);

export const everyDimension = Object.keys(dimensions);

/** What the metrics would count of it for a question about these dimensions. */
export function tableOf(paid: readonly Paid[], names: readonly string[]): AccountTable {
  const payers = Map.groupBy(paid, ({ account: payer }) => payer);
  return [...payers.values()].map((all) => ({
    accounts: 1,
    labels: all.map(({ labels }) =>
      Object.fromEntries(names.map((name) => [name, labels[name] ?? ""])),
    ),
  }));
}

export function paidUnder(paid: readonly Paid[], filters: Filters): Paid[] {
  return paid.filter(({ labels }) =>
    Object.entries(filters).every(([name, values]) => values.includes(labels[name] ?? "")),
  );
}

export function accountsOf(paid: readonly Paid[]): number {
  return new Set(paid.map(({ account: payer }) => payer)).size;
}

/** How many dimensions two questions ask about differently. */
export function distance(a: Filters, b: Filters): number {
  return everyDimension.filter((name) => JSON.stringify(a[name]) !== JSON.stringify(b[name]))
    .length;
}
