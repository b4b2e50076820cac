import type { Calendar } from "./calendar.ts";
import { Dice } from "./dice.ts";
import type { Stories } from "./stories.ts";

/** What a whole week has in common, for every account; one entry a week. */
export interface Climate {
  /** Latency in standard deviations from its usual level, spike included. */
  latency: Float64Array;
  /** Share of requests that fail by the server's fault. */
  errorRate: Float64Array;
  /** How busy customers are, around 1. */
  demand: Float64Array;
  /** Accounts that sign up, our own not counted. */
  signUps: Int32Array;
}

/** One standard deviation of ln(latency) from week to week. */
export const latencySpread = 0.12;
const carriedOver = 0.3;

export function makeClimate(seed: number, calendar: Calendar, stories: Stories): Climate {
  const { weeks } = calendar;
  const latency = carryOver(new Dice(seed, "climate", 1), weeks, carriedOver);
  const spikeWeek = weeks - 1 - (stories.spike?.weeksAgo ?? 0);
  // The spike replaces that week's own weather, so that its height is the story's alone.
  if (stories.spike !== null) latency[spikeWeek] = stories.spike.rise / latencySpread;
  return {
    latency,
    errorRate: carryOver(new Dice(seed, "climate", 2), weeks, carriedOver).map(
      (z) => 0.0042 * Math.exp(0.07 * z),
    ),
    demand: demandOf(new Dice(seed, "climate", 4), calendar),
    signUps: countSignUps(new Dice(seed, "climate", 3), calendar),
  };
}

/** Noise of standard deviation 1 of which a share carries over to the next week, AR(1). */
function carryOver(dice: Dice, weeks: number, share: number): Float64Array {
  const fresh = Math.sqrt(1 - share * share);
  let level = dice.noise();
  return new Float64Array(weeks).map(() => {
    level = share * level + fresh * dice.noise();
    return level;
  });
}

function demandOf(dice: Dice, calendar: Calendar): Float64Array {
  return new Float64Array(calendar.weeks).map(
    (_, week) => (calendar.isHoliday(week) ? 0.9 : 1) * (1 + 0.021 * dice.noise()),
  );
}

function countSignUps(dice: Dice, calendar: Calendar): Int32Array {
  return new Int32Array(calendar.weeks).map((_, week) => {
    const trend = 80 + (20 * week) / calendar.weeks;
    const season = calendar.isHoliday(week) ? 0.86 : 1;
    return Math.round(trend * season * (1 + 0.075 * dice.noise()));
  });
}
