import type { Persona } from "./account.ts";
import { daySeconds, weekOf } from "./calendar.ts";
import type { Company } from "./company.ts";
import { Dice, type Share } from "./dice.ts";
import { nameOf } from "./names.ts";
import { features, originsOf, regionShares, sourceShares, type Tier } from "./reference.ts";

const weekdayShares: readonly [Share<number>, ...Share<number>[]] = [
  [0, 0.2],
  [1, 0.21],
  [2, 0.19],
  [3, 0.17],
  [4, 0.14],
  [5, 0.04],
  [6, 0.05],
];

const tierShares: readonly [Share<Tier>, ...Share<Tier>[]] = [
  ["pro", 0.5],
  ["free", 0.28],
  ["starter", 0.15],
  ["enterprise", 0.07],
];

/** What a tier chosen at sign-up makes likely. */
const habits = {
  free: { holds: 0.5, trials: 0, usesApi: 0.12, requests: 25, size: 1, segment: "smb" },
  starter: { holds: 0.6, trials: 0.55, usesApi: 0.28, requests: 40, size: 1, segment: "smb" },
  pro: { holds: 0.66, trials: 0.62, usesApi: 0.5, requests: 70, size: 2, segment: "mid_market" },
  enterprise: {
    holds: 0.78,
    trials: 0.5,
    usesApi: 0.9,
    requests: 260,
    size: 4,
    segment: "enterprise",
  },
} as const satisfies Record<Tier, object>;

const narrowShare = 0.42;

type Setting = Omit<Company, "accounts">;

/** Throws the dice for one sign-up of a week. */
export function makePersona(setting: Setting, index: number, week: number): Persona {
  const dice = new Dice(setting.options.seed, "life", index);
  const day = week * 7 + dice.weighted(weekdayShares);
  const source = dice.weighted(sourceShares);
  const origin = dice.pick(originsOf[source]);
  const tier = dice.weighted(tierShares);
  const habit = habits[tier];
  const takesHold = dice.chance(habit.holds + setting.stories.fitOfSource[source]);
  const isNarrow = dice.chance(narrowShare);
  return {
    index,
    id: `a${String(index).padStart(6, "0")}`,
    name: nameOf(index),
    source,
    channel: origin.channel,
    campaign: origin.campaign,
    segment: dice.chance(0.85) ? habit.segment : "mid_market",
    region: dice.weighted(regionShares),
    isInternal: false,
    signedUpAt: day * daySeconds + dice.int(6 * 3600, 22 * 3600),
    day,
    tier,
    startsWith: tier === "free" ? "free" : dice.chance(habit.trials) ? "trial" : "paid",
    takesHold,
    givesUp: givesUpAtWeekEight(setting, day, dice) && takesHold,
    isNarrow,
    isQuietCustomer: false,
    features: pickFeatures(dice, isNarrow),
    weeklyHabit: 0.66 + 0.24 * dice.next(),
    usesApi: dice.chance(habit.usesApi),
    requestsAnHour: dice.around(habit.requests, 0.5),
    userDays: joinDays(dice, day, habit.size),
    size: habit.size,
  };
}

/** Patience is shortest in the week in which an account enters its tenure week 8. */
function givesUpAtWeekEight(setting: Setting, day: number, dice: Dice): boolean {
  const { usually, perDeviation, atMost } = setting.stories.givesUp;
  const felt = setting.climate.latency[weekOf(day + 49)] ?? 0;
  return dice.chance(Math.max(0.02, Math.min(atMost, usually + perDeviation * felt)));
}

function pickFeatures(dice: Dice, isNarrow: boolean): readonly [number, ...number[]] {
  const always = features.flatMap((f, i) => (f.isCore && f.availableAfter === 0 ? [i] : []));
  const first = always.splice(dice.int(0, always.length - 1), 1)[0] ?? 0;
  const others = isNarrow ? dice.int(0, 1) : dice.int(3, 4);
  const core = Array.from(
    { length: others },
    () => always.splice(dice.int(0, always.length - 1), 1)[0] ?? first,
  );
  const later = features.flatMap((f, i) =>
    !f.isCore || f.availableAfter > 0 ? (dice.chance(f.isCore ? 0.35 : 0.3) ? [i] : []) : [],
  );
  return [first, ...core, ...later];
}

function joinDays(dice: Dice, day: number, size: number): readonly [number, ...number[]] {
  const others = size === 4 ? dice.int(4, 14) : dice.int(0, size * 2 - 1);
  const later = Array.from({ length: others }, () => day + Math.floor(dice.next() ** 2 * 150));
  return [day, ...later.sort((a, b) => a - b)];
}

/** Staff, tests and frauds: real rows that every figure must leave out. */
export function asInternal(persona: Persona): Persona {
  return { ...persona, name: `Internal test ${persona.index}`, isInternal: true };
}
