import fc from "fast-check";
import { expect, test } from "vitest";
import { partLabels } from "../../src/render/end-labels.ts";

test("labels that have room stay where they are", () => {
  expect(
    partLabels(
      [
        { y: 20, height: 16 },
        { y: 80, height: 14 },
      ],
      200,
    ),
  ).toEqual([20, 80]);
});

test("labels at the same height are moved apart by the same, the first one up", () => {
  expect(
    partLabels(
      [
        { y: 100, height: 16 },
        { y: 100, height: 14 },
      ],
      200,
    ),
  ).toEqual([92.5, 107.5]);
});

test("two labels never overlap and never leave the plot", () => {
  const label = fc.record({
    y: fc.double({ min: -50, max: 250, noNaN: true }),
    height: fc.integer({ min: 10, max: 20 }),
  });
  fc.assert(
    fc.property(label, label, (a, b) => {
      const [ya = Number.NaN, yb = Number.NaN] = partLabels([a, b], 200);
      expect(Math.abs(ya - yb)).toBeGreaterThanOrEqual((a.height + b.height) / 2 - 1e-9);
      for (const [y, { height }] of [
        [ya, a],
        [yb, b],
      ] as const) {
        expect(y - height / 2).toBeGreaterThanOrEqual(-1e-9);
        expect(y + height / 2).toBeLessThanOrEqual(200 + 1e-9);
      }
    }),
  );
});
