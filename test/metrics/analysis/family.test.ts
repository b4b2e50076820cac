import fc from "fast-check";
import { expect, test } from "vitest";
import { adjustFamily } from "../../../src/metrics/analysis/family.ts";

const ps = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 40 });

test("six p are adjusted as in example S5", () => {
  const adjusted = adjustFamily([0.001, 0.012, 0.021, 0.04, 0.3, 0.62]);
  [0.006, 0.036, 0.042, 0.06, 0.36, 0.62].forEach((wanted, index) => {
    expect(adjusted[index]).toBeCloseTo(wanted, 12);
  });
});

test("a family of one is not adjusted", () => {
  expect(adjustFamily([0.03])).toEqual([0.03]);
  expect(adjustFamily([])).toEqual([]);
});

test("adjusting never lowers a p, never passes 1 and keeps the order", () => {
  fc.assert(
    fc.property(ps, (family) => {
      const adjusted = adjustFamily(family);
      const pairs = family.map((p, index) => ({ p, q: adjusted[index] ?? Number.NaN }));
      pairs.sort((one, other) => one.p - other.p);
      let before = 0;
      for (const { p, q } of pairs) {
        expect(q).toBeGreaterThanOrEqual(p * (1 - 1e-12));
        expect(q).toBeLessThanOrEqual(1);
        expect(q).toBeGreaterThanOrEqual(before);
        before = q;
      }
    }),
  );
});

test("the order of the family does not matter", () => {
  fc.assert(
    fc.property(ps, (family) => {
      expect(adjustFamily(family.toReversed())).toEqual(adjustFamily(family).toReversed());
    }),
  );
});
