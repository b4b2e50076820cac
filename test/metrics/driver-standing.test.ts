import fc from "fast-check";
import { expect, test } from "vitest";
import { driverStanding } from "../../src/metrics/index.ts";

const direction = fc.constantFrom("up" as const, "down" as const, "neutral" as const);
const departure = fc.record({
  direction,
  z: fc.option(fc.double({ min: -9, max: 9, noNaN: true })),
});
const departures = fc.array(departure, { maxLength: 9 });

test("metrics that went the good way by a standard error on average improve a driver, the bad way worsen it", () => {
  const up = (z: number | null) => ({ direction: "up" as const, z });
  const down = (z: number | null) => ({ direction: "down" as const, z });
  expect(driverStanding([up(1.5), down(-0.5)])).toEqual({
    status: "improving",
    index: 1,
    tested: 2,
  });
  expect(driverStanding([up(-2), down(0.2)])).toMatchObject({ status: "worsening", index: -1.1 });
  expect(driverStanding([up(2), down(0.5)])).toMatchObject({ status: "steady", index: 0.75 });
});

test("one metric that is far out counts for three standard errors at most", () => {
  const far = { direction: "up" as const, z: 40 };
  expect(driverStanding([far, { direction: "up", z: -3 }]).index).toBe(0);
});

test("with fewer than two tested metrics, which have a good side, there is no status", () => {
  expect(driverStanding([])).toEqual({ status: "no_data", index: null, tested: 0 });
  const others = [
    { direction: "neutral" as const, z: 3 },
    { direction: "up" as const, z: null },
  ];
  const one = { direction: "up" as const, z: 3 };
  expect(driverStanding([one, ...others])).toEqual({ status: "no_data", index: null, tested: 1 });
});

test("whatever the order of the metrics, and whichever of them say nothing, the status is the same", () => {
  fc.assert(
    fc.property(
      departures,
      fc.array(
        fc.constantFrom(
          { direction: "neutral" as const, z: 2 },
          { direction: "up" as const, z: null },
        ),
      ),
      (some, silent) => {
        const { status, tested } = driverStanding(some);
        expect(driverStanding([...silent, ...some.toReversed()])).toMatchObject({ status, tested });
      },
    ),
  );
});

test("where every good way is the bad one, improving is worsening, and the index changes its sign", () => {
  const turned = { up: "down", down: "up", neutral: "neutral" } as const;
  const opposite = { improving: "worsening", worsening: "improving" } as const;
  fc.assert(
    fc.property(departures, (some) => {
      const here = driverStanding(some);
      const there = driverStanding(
        some.map(({ direction: way, z }) => ({ direction: turned[way], z })),
      );
      expect(there.index ?? 0).toBeCloseTo(-(here.index ?? 0), 9);
      expect(Math.abs(here.index ?? 0)).toBeLessThanOrEqual(3);
      if (here.status === "improving" || here.status === "worsening")
        expect(there.status).toBe(opposite[here.status]);
    }),
  );
});
