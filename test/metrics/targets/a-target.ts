import type { Target } from "../../../src/metrics/answer.ts";

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
