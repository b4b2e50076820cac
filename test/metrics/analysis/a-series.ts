import fc from "fast-check";
import type { VerdictSeries } from "../../../src/metrics/analysis/history.ts";
import type { Kind, Observation } from "../../../src/metrics/analysis/observation.ts";

/** A series of the kind value, judged by the defaults; what matters is passed. */
export function aSeries(
  observations: readonly Observation[],
  rules: Partial<VerdictSeries> = {},
): VerdictSeries {
  return {
    kind: "value",
    nMin: 0,
    minEffect: null,
    fraction: false,
    resets: [],
    observations,
    ...rules,
  };
}

const WOBBLE = [0, 3, -2, 1, -4, 2, 4, -1, -3, 0, 2, -2, 1];

/** Weeks around 100 that wobble by up to 4, without trend or carry-over worth the name. */
export function quietWeeks(length: number): number[] {
  return Array.from({ length }, (_, week) => 100 + (WOBBLE[(week * 5) % WOBBLE.length] ?? 0));
}

interface Shape {
  kind: Kind;
  noise: number[];
  /** Weeks that are none, out by a spike, and from which the level is another. */
  gaps: number[];
  spikes: number[];
  steps: number[];
  resets: number[];
  /** Units a week, of shares and NPS. */
  units: number;
}

const WEEKS = 130;
const weeks = (maxLength: number) => fc.array(fc.nat(WEEKS - 1), { maxLength });

/** A series of any kind with gaps, spikes, steps and declared new normals. */
export const anySeries: fc.Arbitrary<VerdictSeries> = fc
  .record<Shape>({
    kind: fc.constantFrom<Kind>("prop", "nps", "flow", "stock", "value"),
    noise: fc.array(fc.integer({ min: -100, max: 100 }), { minLength: WEEKS, maxLength: WEEKS }),
    gaps: weeks(6),
    spikes: weeks(4),
    steps: weeks(2),
    resets: weeks(1),
    units: fc.constantFrom(9, 25, 60, 400),
  })
  .map((shape) =>
    aSeries(
      shape.noise.map((_, week) => observationIn(shape, week)),
      { kind: shape.kind, nMin: 30, resets: shape.resets },
    ),
  );

function observationIn(shape: Shape, week: number): Observation {
  if (shape.gaps.includes(week)) return null;
  const noise = (shape.noise[week] ?? 0) / 100;
  const spike = shape.spikes.includes(week) ? 5 : 0;
  const level = noise + spike + 3 * shape.steps.filter((step) => step <= week).length;
  const share = Math.min(1, Math.max(0, 0.4 + level / 30));
  const n = shape.units;
  switch (shape.kind) {
    case "prop":
      return { x: Math.round(share * n), n };
    case "nps":
      return { promoters: Math.round(share * n), detractors: Math.floor((1 - share) * n * 0.3), n };
    case "flow":
    case "stock":
      return Math.round(40 * Math.exp(level / 5));
    case "value":
      return 1000 * Math.exp(level / 20);
  }
}
