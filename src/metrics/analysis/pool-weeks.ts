import type { History } from "./history.ts";
import { pool, type Sample } from "./observation.ts";

/** The weeks tested as one: P of METRICS.md 4.2 B. */
export interface Tested {
  /** Oldest first, without those that are none; usually the week alone. */
  weeks: readonly number[];
  first: number;
  sample: Sample;
  /** Their mean, weighted by units. */
  t: number;
}

const POOLS = [4, 13];

/** The week alone, or with those before it as far as it needs units; null: not to be tested. */
export function poolWeeks(history: History, week: number): Tested | null {
  const { kind, nMin } = history.series;
  const sample = history.samples[week];
  if (!sample) return null;
  const counts = kind === "prop" || kind === "nps";
  if (!counts || sample.n >= nMin) {
    return { weeks: [week], first: week, sample, t: week };
  }
  for (const width of POOLS) {
    const pooled = poolOf(history, week, width);
    if (pooled.sample.n >= nMin) return pooled;
  }
  return null;
}

function poolOf(history: History, week: number, width: number): Tested {
  const earliest = Math.max(week - width + 1, history.reset, (history.movement?.last ?? -1) + 1, 0);
  const weeks: number[] = [];
  const samples: Sample[] = [];
  let weighted = 0;
  for (let earlier = earliest; earlier <= week; earlier++) {
    const sample = history.samples[earlier];
    if (!sample) continue;
    weeks.push(earlier);
    samples.push(sample);
    weighted += sample.n * earlier;
  }
  const sample = pool(samples);
  return { weeks, first: weeks[0] ?? week, sample, t: weighted / sample.n };
}
