import type { Persona } from "./account.ts";
import { weekday, weekOf } from "./calendar.ts";
import type { Company } from "./company.ts";
import type { Course } from "./course.ts";
import { Dice } from "./dice.ts";
import { quietDays } from "./quiet-customer.ts";

/** Chance of use in each tenure week of an account that does not take hold; then never again. */
const fading = [0.88, 0.55, 0.34, 0.22, 0.14, 0.09, 0.06, 0.04, 0.03];

/** How many days a week it is used, at most, by the size of the account. */
const busiest = [1, 3, 3, 4, 5];

/** The days with use of every tenure week that began before the end of history, as bits; the last week may reach beyond it. */
export function useDays(
  setting: Omit<Company, "accounts">,
  persona: Persona,
  course: Course,
): Uint8Array {
  const { calendar, climate, stories } = setting;
  const dice = new Dice(setting.options.seed, "activity", persona.index);
  const lastsUntil = course.lastsUntil ?? Number.POSITIVE_INFINITY;
  const until = Math.min(lastsUntil, calendar.endDay);
  const tenureWeeks = Math.max(0, Math.ceil((until - persona.day) / 7));
  const bits = new Uint8Array(tenureWeeks);
  for (let tenure = 0; tenure < tenureWeeks; tenure += 1) {
    const from = persona.day + 7 * tenure;
    const chance = persona.takesHold
      ? tenure === 0
        ? 0.97
        : persona.weeklyHabit * (climate.demand[weekOf(from)] ?? 1)
      : (fading[tenure] ?? 0);
    if (!dice.chance(chance)) continue;
    const days = persona.takesHold ? dice.int(1, busiest[persona.size] ?? 3) : dice.int(1, 2);
    bits[tenure] = pickDays(dice, from, days, lastsUntil);
  }
  return persona.isQuietCustomer && stories.quietCustomer
    ? fallSilent(persona, bits, calendar.weeks)
    : bits;
}

/** Working days mostly; a day after the last one does not count. */
function pickDays(dice: Dice, from: number, days: number, lastsUntil: number): number {
  let bits = 0;
  for (let left = days; left > 0; left -= 1) {
    let offset = dice.int(0, 6);
    if (weekday(from + offset) > 4 && dice.chance(0.75)) offset = dice.int(0, 6);
    if (from + offset < lastsUntil) bits |= 1 << offset;
  }
  return bits;
}

/** Keeps of each of the last calendar weeks only the days that are left of it. */
function fallSilent(persona: Persona, bits: Uint8Array, weeks: number): Uint8Array {
  const kept = new Map<number, number>();
  for (let offset = 0; offset < bits.length * 7; offset += 1) {
    const tenure = Math.floor(offset / 7);
    const week = weekOf(persona.day + offset);
    const allowed = quietDays(weeks - week);
    const bit = 1 << (offset % 7);
    if (allowed === undefined || ((bits[tenure] ?? 0) & bit) === 0) continue;
    const used = (kept.get(week) ?? 0) + 1;
    if (used > allowed) bits[tenure] = (bits[tenure] ?? 0) & ~bit;
    else kept.set(week, used);
  }
  return bits;
}
