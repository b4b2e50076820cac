import { type Centred, heightAt } from "./line.ts";
import type { Sample } from "./observation.ts";
import { type Scale, toScale } from "./scale.ts";

/** A lasting departure that is open: what it left, and how far. Weeks are indexes. */
export interface Movement {
  first: number;
  direction: 1 | -1;
  /** Distance from the line when it opened, on its scale. */
  size: number;
  openedBy: "signal" | "run";
  /** The week whose verdict opened it. */
  openedIn: number;
  /** The line it departed from, without what carried over. */
  line: Centred;
  scale: Scale;
  /** Its weeks, which baselines leave out. */
  weeks: Set<number>;
  last: number;
  /** Tested weeks that did not continue it, since the last that did. */
  missed: number;
}

/** Where the tested weeks stand to an open movement. */
export interface Standing {
  /** At least half its size away from the line, in its direction. */
  holds: boolean;
  /** At least twice its size. */
  doubled: boolean;
}

/** `t`: the week of the sample, or the mean week of a pool. */
export function standingTo(
  movement: Movement,
  { sample, t }: { sample: Sample; t: number },
): Standing {
  const y = toScale(movement.scale, sample);
  const distance = (y - heightAt(movement.line, t)) * movement.direction;
  return { holds: distance >= movement.size / 2, doubled: distance >= movement.size * 2 };
}
