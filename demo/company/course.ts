import type { Persona } from "./account.ts";
import type { Dice } from "./dice.ts";
import type { Stories } from "./stories.ts";

/** The turns an account's life takes, as days; null: never. */
export interface Course {
  trialEnds: number;
  paidFrom: number | null;
  /** The day on which it stops paying. */
  leaves: number | null;
  /** The first day without use. */
  lastsUntil: number | null;
  /** The day on which the account itself is closed. */
  closes: number | null;
}

/** Contracts of the enterprise tier run for half a year. */
export const termDays = 182;

const weeklyLoss = { free: 0.017, starter: 0.011, pro: 0.0085, enterprise: 0 };
const weeklyLossWithoutHabit = 0.09;
const termLoss = 0.12;

/** Day 28 and day 91: the landmark and the outcome of METRICS.md 4.5. */
const landmark = 28;
const quarter = 91;

export function chartCourse(persona: Persona, stories: Stories, dice: Dice): Course {
  const trialEnds = persona.day + (persona.tier === "enterprise" ? 30 : 14);
  if (persona.isQuietCustomer) {
    return { trialEnds, paidFrom: persona.day, leaves: null, lastsUntil: null, closes: null };
  }
  const paidFrom = startsPaying(persona, trialEnds, dice);
  return paidFrom === null
    ? staysFree(persona, trialEnds, dice)
    : staysCustomer(persona, trialEnds, paidFrom, stories, dice);
}

function startsPaying(persona: Persona, trialEnds: number, dice: Dice): number | null {
  switch (persona.startsWith) {
    case "paid":
      return persona.day;
    case "trial": {
      const convinced = persona.tier === "enterprise" ? 0.85 : 0.72;
      return dice.chance(persona.takesHold ? convinced : 0.2) ? trialEnds : null;
    }
    case "free":
      return persona.takesHold && !persona.givesUp && dice.chance(0.18)
        ? persona.day + dice.int(20, 150)
        : null;
  }
}

function staysFree(persona: Persona, trialEnds: number, dice: Dice): Course {
  const lastsUntil = fadesOn(persona) ?? persona.day + quarter + 7 * waits(dice, weeklyLoss.free);
  const endsPilot = persona.tier === "enterprise";
  const closes = endsPilot ? trialEnds : dice.chance(0.35) ? lastsUntil + dice.int(7, 60) : null;
  return {
    trialEnds,
    paidFrom: null,
    leaves: null,
    lastsUntil: endsPilot ? Math.min(lastsUntil, trialEnds) : lastsUntil,
    closes,
  };
}

function staysCustomer(
  persona: Persona,
  trialEnds: number,
  paidFrom: number,
  stories: Stories,
  dice: Dice,
): Course {
  const { narrow, broad } = stories.earlyChurn;
  const pays = paidFrom < persona.day + landmark;
  const leavesEarly = dice.chance(persona.isNarrow ? narrow : broad) && pays;
  const leaves = leavesEarly
    ? persona.day + dice.int(57, quarter - 1)
    : leavesLater(persona, paidFrom, dice);
  // Who leaves in the first quarter uses it to the end; later, silence comes before the notice.
  const silent = leavesEarly ? 0 : dice.int(7, 35);
  const lastsUntil = Math.min(fadesOn(persona) ?? Number.POSITIVE_INFINITY, leaves - silent);
  const closes = dice.chance(0.5) ? leaves : null;
  return { trialEnds, paidFrom, leaves, lastsUntil, closes };
}

function leavesLater(persona: Persona, paidFrom: number, dice: Dice): number {
  const settled = Math.max(persona.day + quarter, paidFrom + landmark);
  const hasHabit = fadesOn(persona) === null;
  if (persona.tier === "enterprise") {
    const terms = 1 + (hasHabit ? waits(dice, termLoss) : 0);
    return paidFrom + terms * termDays;
  }
  const loss = hasHabit ? weeklyLoss[persona.tier] : weeklyLossWithoutHabit;
  return settled + 1 + 7 * waits(dice, loss) + dice.int(0, 6);
}

/** The day from which an account without a habit is no longer used. */
function fadesOn(persona: Persona): number | null {
  if (!persona.takesHold) return persona.day + 63;
  return persona.givesUp ? persona.day + 49 : null;
}

/** How many turns pass before something of this chance a turn happens. */
function waits(dice: Dice, chance: number): number {
  return Math.floor(Math.log(1 - dice.next()) / Math.log(1 - chance));
}
