/** The customer that goes quiet in every team's data: who it is, and how quiet it is in each week. */
import type { Persona } from "./account.ts";
import { daySeconds } from "./calendar.ts";

export const quietCustomerName = "Lantern Bay Shipping";

/** Its share of the history that had passed when it signed up. */
const signsUpAfter = 0.25;

export function quietCustomerWeek(weeks: number): number {
  return Math.floor(weeks * signsUpAfter);
}

/** A large customer that has everything and uses it all. */
export function asQuietCustomer(persona: Persona): Persona {
  const day = persona.day - (persona.day % 7) + 2;
  return {
    ...persona,
    name: quietCustomerName,
    source: "outbound",
    channel: "outbound",
    campaign: "none",
    segment: "enterprise",
    region: "emea",
    signedUpAt: day * daySeconds + 10 * 3600,
    day,
    tier: "enterprise",
    startsWith: "paid",
    takesHold: true,
    givesUp: false,
    isNarrow: false,
    isQuietCustomer: true,
    features: [0, 1, 3, 4, 7],
    weeklyHabit: 1,
    usesApi: true,
    requestsAnHour: 420,
    userDays: [day, ...Array.from({ length: 13 }, (_, n) => day + n * 9)],
    size: 4,
  };
}

/** Days of use a week, eight weeks before the end to the newest. */
const daysLeft = [4, 4, 3, 2, 2, 1, 1, 0];
/** What is left of a day's use and traffic in the same weeks. */
const shareLeft = [0.8, 0.7, 0.55, 0.4, 0.3, 0.2, 0.15, 0];
export const quietWeeks = daysLeft.length;

export function quietDays(weeksBeforeEnd: number): number | undefined {
  return daysLeft[quietWeeks - weeksBeforeEnd];
}

/** 1 while all is well. */
export function quietShare(weeksBeforeEnd: number): number {
  return shareLeft[quietWeeks - weeksBeforeEnd] ?? 1;
}

/** Its share of failed requests against everybody's, while it still sends any. */
export function quietErrors(weeksBeforeEnd: number): number {
  return weeksBeforeEnd <= quietWeeks ? 5 : 1;
}
