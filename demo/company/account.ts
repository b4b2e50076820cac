import type { Region, Source, Tier } from "./reference.ts";

export type PlanStatus = "free" | "trial" | "paid" | "paused";

/** One row of subscription_periods; instants in seconds, money in cents a month. */
export interface PlanPeriod {
  line: string;
  from: number;
  to: number | null;
  isPrimary: boolean;
  tier: Tier;
  status: PlanStatus;
  mrrCents: number;
}

/** Who an account is from the first day on. */
export interface Persona {
  index: number;
  id: string;
  name: string;
  source: Source;
  channel: string;
  campaign: string;
  segment: string;
  region: Region;
  isInternal: boolean;
  signedUpAt: number;
  /** The signed-up day, d0 of METRICS.md 1.3. */
  day: number;
  tier: Tier;
  startsWith: "free" | "trial" | "paid";
  takesHold: boolean;
  /** Gives up at the start of tenure week 8, having taken hold before. */
  givesUp: boolean;
  /** Uses only one or two features in its first weeks. */
  isNarrow: boolean;
  isQuietCustomer: boolean;
  /** Indexes into the features; the first is core and always available. */
  features: readonly [number, ...number[]];
  /** Chance to be active in a week, once it has taken hold. */
  weeklyHabit: number;
  usesApi: boolean;
  /** Typical requests in an hour with traffic. */
  requestsAnHour: number;
  /** Days on which its users joined, ascending; never empty. */
  userDays: readonly [number, ...number[]];
  /** 1 small to 4 large: how many teams, seats and rows it brings. */
  size: number;
}

/** What became of it. Instants in seconds; null: never. They may lie after the end of history. */
export interface Account extends Persona {
  plan: readonly PlanPeriod[];
  /** The day on which it became a customer, and the day on which it stopped being one. */
  paidFrom: number | null;
  leaves: number | null;
  /** The first day without use, if use ever stops. */
  lastsUntil: number | null;
  closedAt: number | null;
  firstValueAt: number | null;
  activatedAt: number | null;
  qualifiedAt: number | null;
  firstPaidAt: number | null;
  /** For each tenure week from the first, the days with use as bits, bit 0 the week's first day. */
  daysOfUse: Uint8Array;
}

/** MRR in cents at an instant: what the paid lines in force add up to. */
export function mrrAt(account: Account, at: number): number {
  let cents = 0;
  for (const period of account.plan) {
    if (period.status === "paid" && period.from <= at && (period.to === null || at < period.to)) {
      cents += period.mrrCents;
    }
  }
  return cents;
}

export function isCustomerOn(account: Account, day: number): boolean {
  const { paidFrom, leaves } = account;
  return paidFrom !== null && paidFrom <= day && (leaves === null || day < leaves);
}

/** The first day with use of each tenure week that has any, up to the end of history. */
export function* firstDaysOfUse(account: Account, endDay: number): Generator<number> {
  for (let tenure = 0; tenure < account.daysOfUse.length; tenure += 1) {
    const bits = account.daysOfUse[tenure] ?? 0;
    if (bits === 0) continue;
    const day = account.day + 7 * tenure + (31 - Math.clz32(bits & -bits));
    if (day < endDay) yield day;
  }
}

/** How many of its users had joined by a day. */
export function usersBy(account: Account, day: number): number {
  let joined = 0;
  for (const joinedOn of account.userDays) {
    if (joinedOn > day) break;
    joined += 1;
  }
  return joined;
}

export function userId(account: Account, user: number): string {
  return `${account.id}-${user + 1}`;
}

/** Whether it was used on a day. */
export function isActiveOn(account: Account, day: number): boolean {
  const tenure = day - account.day;
  if (tenure < 0) return false;
  return (((account.daysOfUse[Math.floor(tenure / 7)] ?? 0) >> (tenure % 7)) & 1) === 1;
}
