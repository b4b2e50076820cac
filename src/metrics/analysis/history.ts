import type { Movement } from "./movement.ts";
import { type Kind, type Observation, type Sample, sampleOf } from "./observation.ts";

/** One metric's weekly series and the rules it is judged by. */
export interface VerdictSeries {
  kind: Kind;
  /** Fewer units of a share or NPS are pooled with the weeks before. */
  nMin: number;
  /** What is worth telling, in the metric's own scale (NPS: points); null: METRICS.md 4.2 B's default. */
  minEffect: number | null;
  /** Whether values are fractions 0..1, which `prop` always are. */
  fraction: boolean;
  /** Weeks from which a person declared a new normal. */
  resets: readonly number[];
  /** Oldest first, one a calendar week. */
  observations: readonly Observation[];
}

/** A tested week in memory, for "two in a row". */
export interface Remembered {
  p: number;
  side: 1 | -1;
}

/** What the walk knows of a series before the week it has come to. Weeks are indexes. */
export interface History {
  readonly series: VerdictSeries;
  /** Observed; null: none. */
  readonly samples: readonly (Sample | null)[];
  /** What a week counts as in baselines where it is not what was observed. */
  readonly clipped: Map<number, Sample>;
  /** Weeks that baselines pass over. */
  readonly leftOut: Set<number>;
  /** y - X of each week tested alone. */
  readonly departures: Map<number, number>;
  /** Deviation of the eight weeks up to each week tested alone. */
  readonly runDeviations: Map<number, number>;
  /** Baselines start here. */
  reset: number;
  movement: Movement | null;
  /** The week before, if it was tested alone. */
  weekBefore: Remembered | null;
}

export function startHistory(series: VerdictSeries): History {
  return {
    series,
    samples: series.observations.map((observation) => sampleOf(series.kind, observation)),
    clipped: new Map(),
    leftOut: new Set(),
    departures: new Map(),
    runDeviations: new Map(),
    reset: 0,
    movement: null,
    weekBefore: null,
  };
}
