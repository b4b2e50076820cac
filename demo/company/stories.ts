import type { Source } from "./reference.ts";

/** How strongly each story of docs/demo.md is at work; probabilities and weeks. */
export interface Stories {
  /** Added to the chance that an account takes hold, by where it came from. */
  fitOfSource: Readonly<Record<Source, number>>;
  /** Chance to give up at tenure week 8 in a week of ordinary latency, and how much one standard deviation of latency adds. */
  givesUp: { usually: number; perDeviation: number; atMost: number };
  /** The one spike of p99 latency: how many weeks before the newest, and by how much ln(latency) rises. */
  spike: { weeksAgo: number; rise: number } | null;
  /** Chance that a customer of day 28 is none on day 91, by the breadth of its first four weeks. */
  earlyChurn: { narrow: number; broad: number };
  /** Whether one customer falls silent in every team's data. */
  quietCustomer: boolean;
}

/** Weeks from the week a cohort reaches tenure week 8 to the week that reports its adoption. */
const weeksFromWeekEightToReport = 6;

const told: Stories = {
  fitOfSource: {
    conference: -0.22,
    campaign: 0.05,
    organic: 0.02,
    referral: 0.06,
    outbound: 0,
    partner: 0.02,
  },
  givesUp: { usually: 0.21, perDeviation: 0.1, atMost: 0.8 },
  // So that the fall of adoption that follows is the newest week's.
  spike: { weeksAgo: weeksFromWeekEightToReport, rise: 1.15 },
  earlyChurn: { narrow: 0.34, broad: 0.09 },
  quietCustomer: true,
};

const untold: Stories = {
  fitOfSource: { conference: 0, campaign: 0, organic: 0, referral: 0, outbound: 0, partner: 0 },
  givesUp: { usually: 0.21, perDeviation: 0, atMost: 0.8 },
  spike: null,
  earlyChurn: { narrow: 0.18, broad: 0.18 },
  quietCustomer: false,
};

export function storiesOf(planted: boolean): Stories {
  return planted ? told : untold;
}
