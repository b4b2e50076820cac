import fc from "fast-check";
import { expect, test } from "vitest";
import { niceTicks, tickText } from "../../../sandbox/slack/page/client/axis-ticks.ts";

test("ticks are round and hold all values", () => {
  expect(niceTicks([0.352, 0.449], false)).toEqual(
    [0.35, 0.375, 0.4, 0.425, 0.45].map((tick) => expect.closeTo(tick, 9)),
  );
  expect(niceTicks([3, 97], true)).toEqual([0, 25, 50, 75, 100]);
  expect(niceTicks([], true)).toEqual([0, 1]);
});

test("whatever the values, few ticks hold them and their texts differ", () => {
  const value = fc
    .double({ min: -1e9, max: 1e9, noNaN: true })
    .filter((one) => one === 0 || Math.abs(one) > 1e-3);
  fc.assert(
    fc.property(
      fc.array(value, { minLength: 1, maxLength: 20 }),
      fc.boolean(),
      (values, fromZero) => {
        const ticks = niceTicks(values, fromZero);
        const [low = 0, next = 0] = ticks;
        const step = next - low;
        expect(ticks.length).toBeGreaterThanOrEqual(2);
        expect(ticks.length).toBeLessThanOrEqual(7);
        expect(low).toBeLessThanOrEqual(Math.min(...values) + step * 1e-6);
        expect(ticks.at(-1)).toBeGreaterThanOrEqual(Math.max(...values) - step * 1e-6);
      },
    ),
  );
});

test("texts have as many decimals as their steps need", () => {
  expect([0.35, 0.375, 0.4].map((tick) => tickText(tick, 0.025))).toEqual([
    "0.350",
    "0.375",
    "0.400",
  ]);
  expect([0, 25, 50].map((tick) => tickText(tick, 25))).toEqual(["0", "25", "50"]);
  expect([0, 2.5, 5].map((tick) => tickText(tick, 2.5))).toEqual(["0.0", "2.5", "5.0"]);
  expect([0, 250_000].map((tick) => tickText(tick, 250_000))).toEqual(["0", "250K"]);
});
