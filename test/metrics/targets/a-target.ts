import type { Target } from "../../../src/metrics/answer.ts";
import type { StoredTarget } from "../../../src/metrics/targets/target.ts";

/** At least 45% adoption, all year. */
export function aTarget(more: Partial<Target> = {}): Target {
  return {
    id: "t",
    metric: "adoption_rate",
    dims: {},
    type: "at_least",
    value: 0.45,
    valueHi: null,
    periodStart: "2026-01-01",
    periodEnd: "2026-12-31",
    baselineWeek: null,
    baselineValue: null,
    ...more,
  };
}

/** The same as it stands in the sources, or as an operator set it: the `place`th of all. */
export function stored({ type, value, valueHi, ...target }: Target, place = 0): StoredTarget {
  const set = place === 0 ? null : { by: "slack:U0OPS", at: "2026-11-16 09:00:00+00" };
  return { ...target, aim: { type, value, valueHi }, place, set };
}
