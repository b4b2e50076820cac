import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { AccountTable, Filters } from "../../src/metrics/index.ts";
import { minimumCohort } from "../../src/policy/index.ts";
import { faultTest } from "../support/fault-test.ts";
import {
  aCompany,
  accountsOf,
  distance,
  everyDimension,
  everyQuestion,
  type Paid,
  paidUnder,
  tableOf,
} from "./counted-company.ts";

const { mayTell, segments, nearest } = minimumCohort;

/** Of each tier and region so many accounts. */
function tiersByRegion(counts: Readonly<Record<string, readonly [number, number]>>): AccountTable {
  return Object.entries(counts).flatMap(([tier, [eu, us]]) => [
    { accounts: eu, labels: [{ tier, region: "eu" }] },
    { accounts: us, labels: [{ tier, region: "us" }] },
  ]);
}

function tiers(counts: Readonly<Record<string, number>>): AccountTable {
  return Object.entries(counts).map(([tier, accounts]) => ({ accounts, labels: [{ tier }] }));
}

describe("a breakdown", () => {
  test("merges small segments, with one more where they are still too small together", () => {
    const table = tiers({ free: 40, basic: 6, pro: 1, team: 1, max: 1 });
    expect(segments([table], {}, "tier")).toEqual([
      { labels: ["max", "pro", "team", "basic"], small: ["max", "pro", "team"] },
      { labels: ["free"], small: [] },
    ]);
  });

  test("merges small segments alone where they are enough together", () => {
    const table = tiers({ free: 40, basic: 6, pro: 3, team: 3 });
    expect(segments([table], {}, "tier")).toContainEqual({
      labels: ["pro", "team"],
      small: ["pro", "team"],
    });
  });

  test("of a filter merges a segment whose rest outside the filter is small", () => {
    const table = tiersByRegion({ free: [9, 9], pro: [8, 2], team: [7, 7] });
    expect(segments([table], { region: ["eu"] }, "tier")).toEqual([
      { labels: ["free"], small: [] },
      { labels: ["pro", "team"], small: [] },
    ]);
  });

  test("of a filter by two hundred labels holds up nobody who asks meanwhile", () => {
    const regions = Array.from({ length: 200 }, (_, i) => `region-${i}`);
    const table = regions.flatMap((region, i) =>
      ["free", "pro", "team"].map((tier, k) => ({
        accounts: 1 + ((7 * i + 3 * k) % 40),
        labels: [{ tier, region }],
      })),
    );
    const began = performance.now();
    expect(segments([table], { tier: ["pro"] }, "region").length).toBeGreaterThan(100);
    expect(performance.now() - began).toBeLessThan(2_000);
  });

  test("of a company of four has no row", () => {
    expect(segments([tiers({ free: 3, pro: 1 })], {}, "tier")).toEqual([]);
  });
});

describe("a question", () => {
  test("about four accounts is not answered, and neither is one that leaves four out", () => {
    const table = tiers({ free: 40, pro: 4 });
    expect(mayTell([table], { tier: ["pro"] })).toBe(false);
    expect(mayTell([table], { tier: ["free"] })).toBe(false);
    expect(nearest([table], { tier: ["free"] })).toEqual({});
  });

  test("is not answered where a corner could be worked out from its sides and the whole", () => {
    const table = tiersByRegion({ free: [10, 10], pro: [10, 3] });
    expect(mayTell([table], { tier: ["free"], region: ["eu"] })).toBe(false);
  });

  test("is led to the nearest that is answered", () => {
    const table = tiers({ free: 40, pro: 9, team: 4, max: 2 });
    expect(nearest([table], { tier: ["team"] })).toEqual({ tier: ["max", "team"] });
  });

  test("about everything is not answered of four accounts, and nothing is near it", () => {
    expect(mayTell([tiers({ free: 4 })], {})).toBe(false);
    expect(nearest([tiers({ free: 4 })], { tier: ["free"] })).toBeNull();
  });

  test("is answered only when all of its populations allow it", () => {
    const [now, before] = [tiers({ free: 9, pro: 9 }), tiers({ free: 9, pro: 2 })];
    expect(mayTell([now], { tier: ["pro"] })).toBe(true);
    expect(mayTell([now, before], { tier: ["pro"] })).toBe(false);
  });

  test("counts an account once, however many labels it stands under", () => {
    const both = [{ kind: "plan" }, { kind: "usage" }];
    const table = [{ accounts: 4, labels: both }];
    expect(mayTell([table], {})).toBe(false);
  });
});

type Rule = (paid: readonly Paid[], filters: Filters) => boolean;
const ours: Rule = (paid, filters) => mayTell([tableOf(paid, Object.keys(filters))], filters);
const aThreshold: Rule = (paid, filters) => accountsOf(paidUnder(paid, filters)) >= 5;

/** Pairs of answers that differ in one filter, and those of them whose difference is of 1 to 4 accounts. */
function compareAll(paid: readonly Paid[], rule: Rule): { pairs: number; recoverable: number } {
  const told = everyQuestion.filter((filters) => rule(paid, filters));
  const compared = { pairs: 0, recoverable: 0 };
  for (const [i, one] of told.entries())
    for (const other of told.slice(i + 1)) {
      if (distance(one, other) !== 1) continue;
      const [mine, its] = [new Set(paidUnder(paid, one)), new Set(paidUnder(paid, other))];
      const sides = [
        [...mine].filter((each) => !its.has(each)),
        [...its].filter((each) => !mine.has(each)),
      ];
      compared.pairs++;
      if (sides.some((side) => isSmall(accountsOf(side)))) compared.recoverable++;
    }
  return compared;
}

function isSmall(accounts: number): boolean {
  return accounts > 0 && accounts < 5;
}

faultTest(
  32,
  "from any two answers of one week that differ in one filter nothing about 1 to 4 accounts can be worked out",
  async (run) => {
    const seen = { companies: 0, pairs: 0, recoverable: 0 };
    const naive = { pairs: 0, recoverable: 0 };
    while (seen.pairs < run.cases) {
      const [paid = []] = fc.sample(aCompany, 1);
      const [held, other] = [compareAll(paid, ours), compareAll(paid, aThreshold)];
      seen.companies++;
      seen.pairs += held.pairs;
      seen.recoverable += held.recoverable;
      naive.pairs += other.pairs;
      naive.recoverable += other.recoverable;
      run.tried(held.pairs);
    }
    expect(seen.recoverable).toBe(0);
    // Or the companies would have nothing to hide.
    expect(naive.recoverable).toBeGreaterThan(0);
    run.saw(
      `0 of ${seen.pairs} pairs of answers in ${seen.companies} companies; ${naive.recoverable} of ${naive.pairs} if only small segments were refused`,
    );
  },
);

test("every row of a breakdown is a question that is answered, and rows are the whole", () => {
  fc.assert(
    fc.property(
      aCompany,
      fc.constantFrom(...everyQuestion),
      fc.constantFrom(...everyDimension),
      (paid, filters, by) => {
        const table = tableOf(paid, [...new Set([...Object.keys(filters), by])]);
        fc.pre(ours(paid, filters));
        const rows = segments([table], filters, by);
        const asked = rows.flatMap(({ labels }) => labels);
        expect(asked).toHaveLength(new Set(asked).size);
        for (const { labels } of rows)
          expect(mayTell([table], { ...filters, [by]: labels })).toBe(true);
        const others = { ...filters, [by]: asked };
        expect(paidUnder(paid, others)).toEqual(paidUnder(paid, filters));
      },
    ),
    { numRuns: 500 },
  );
});

test("no answers to one question with some of its filters left away add up to 1 to 4 accounts", () => {
  fc.assert(
    fc.property(aCompany, fc.constantFrom(...everyQuestion), (paid, filters) => {
      fc.pre(ours(paid, filters));
      const names = Object.keys(filters);
      const parts = new Map<string, Paid[]>();
      for (const each of paid) {
        const key = names.map((name) => filters[name]?.includes(each.labels[name] ?? "")).join();
        parts.set(key, [...(parts.get(key) ?? []), each]);
      }
      for (const part of parts.values()) expect(isSmall(accountsOf(part))).toBe(false);
    }),
    { numRuns: 500 },
  );
});

test("what is offered instead is answered, and takes in what was asked for", () => {
  fc.assert(
    fc.property(aCompany, fc.constantFrom(...everyQuestion), (paid, filters) => {
      const table = tableOf(paid, Object.keys(filters));
      const offered = nearest([table], filters);
      if (offered === null) return;
      expect(ours(paid, offered)).toBe(true);
      expect(paidUnder(paid, offered)).toEqual(expect.arrayContaining(paidUnder(paid, filters)));
    }),
    { numRuns: 500 },
  );
});

test("what is told of a number made of two populations gives away nothing of either", () => {
  fc.assert(
    fc.property(aCompany, aCompany, (now, before) => {
      const both: Rule = (_, filters) =>
        mayTell(
          [now, before].map((paid) => tableOf(paid, Object.keys(filters))),
          filters,
        );
      for (const paid of [now, before]) expect(compareAll(paid, both).recoverable).toBe(0);
    }),
    { numRuns: 20 },
  );
});
