import type { Persona, PlanPeriod, PlanStatus } from "./account.ts";
import { type Calendar, daySeconds } from "./calendar.ts";
import type { Course } from "./course.ts";
import type { Dice } from "./dice.ts";
import { quietWeeks } from "./quiet-customer.ts";
import type { Tier } from "./reference.ts";
import type { Stories } from "./stories.ts";

/** Monthly list prices in cents: the smallest, and how far up seats may take it. */
const prices = {
  free: { from: 0, spread: 0 },
  starter: { from: 4_900, spread: 0.25 },
  pro: { from: 24_000, spread: 0.3 },
  enterprise: { from: 68_000, spread: 0.25 },
} as const satisfies Record<Tier, object>;

const up: Partial<Record<Tier, Tier>> = { starter: "pro", pro: "enterprise" };
const down: Partial<Record<Tier, Tier>> = { enterprise: "pro", pro: "starter" };

/** A line of a subscription: every change closes the period in force and opens the next. */
class Line {
  readonly periods: PlanPeriod[] = [];
  readonly #id: string;
  readonly #isPrimary: boolean;

  constructor(id: string, isPrimary: boolean) {
    this.#id = id;
    this.#isPrimary = isPrimary;
  }

  change(at: number, tier: Tier, status: PlanStatus, mrrCents: number): void {
    this.end(at);
    this.periods.push({
      line: this.#id,
      from: at,
      to: null,
      isPrimary: this.#isPrimary,
      tier,
      status,
      mrrCents,
    });
  }

  end(at: number): void {
    const last = this.periods.at(-1);
    if (last !== undefined) last.to = at;
  }
}

/** Exactly one primary period is in force from sign-up until the account closes, if it does. */
export function writePlan(
  persona: Persona,
  course: Course,
  calendar: Calendar,
  stories: Stories,
  dice: Dice,
): PlanPeriod[] {
  const primary = new Line("base", true);
  const first = persona.startsWith === "paid" ? "trial" : persona.startsWith;
  const closedAt = course.closes === null ? null : noon(course.closes);
  if (course.paidFrom !== persona.day) {
    primary.change(persona.signedUpAt, persona.tier, first, 0);
  }
  if (course.paidFrom === null) {
    const fallsBack = persona.startsWith === "trial" && course.closes !== course.trialEnds;
    if (fallsBack) primary.change(noon(course.trialEnds), "free", "free", 0);
  } else {
    const paidAt = course.paidFrom === persona.day ? persona.signedUpAt : noon(course.paidFrom);
    payFrom(primary, persona, paidAt, course, calendar, dice);
    const leftAt = course.leaves === null ? null : noon(course.leaves);
    if (leftAt !== null && leftAt !== closedAt) primary.change(leftAt, "free", "free", 0);
  }
  if (closedAt !== null) primary.end(closedAt);
  return [...primary.periods, ...addOn(persona, course, calendar, stories, dice)];
}

/** The paid years: more seats, another tier, now and then a pause. */
function payFrom(
  line: Line,
  persona: Persona,
  paidAt: number,
  course: Course,
  calendar: Calendar,
  dice: Dice,
): void {
  let tier: Tier = persona.tier === "free" ? (dice.chance(0.7) ? "starter" : "pro") : persona.tier;
  let cents = persona.isQuietCustomer ? 420_000 : price(tier, dice);
  line.change(paidAt, tier, "paid", cents);
  if (persona.isQuietCustomer || !persona.takesHold || persona.givesUp) return;
  // Not in the last week before it leaves; the end of history is nobody's last week.
  const until = Math.min((course.leaves ?? Number.POSITIVE_INFINITY) - 7, calendar.endDay);
  for (let day = (course.paidFrom ?? 0) + 91; day < until; day += 7) {
    const turn = dice.next();
    if (turn >= 0.0185) continue;
    const at = noon(day);
    if (turn < 0.0015 && day + 28 < until) {
      line.change(at, tier, "paused", 0);
      day += 28;
      line.change(noon(day), tier, "paid", cents);
      continue;
    }
    const next: Tier | undefined = turn < 0.0035 ? up[tier] : turn < 0.0045 ? down[tier] : tier;
    if (next === undefined) continue;
    cents =
      next === tier ? Math.round(cents * (dice.chance(0.85) ? 1.12 : 0.9)) : price(next, dice);
    tier = next;
    line.change(at, tier, "paid", cents);
  }
}

function addOn(
  persona: Persona,
  course: Course,
  calendar: Calendar,
  stories: Stories,
  dice: Dice,
): readonly PlanPeriod[] {
  const wanted = { free: 0, starter: 0.03, pro: 0.1, enterprise: 0.35 }[persona.tier];
  const chosen = dice.chance(wanted) || persona.isQuietCustomer;
  const starts = (course.paidFrom ?? 0) + dice.int(35, 120);
  // The quiet customer drops its add-on when it falls silent.
  const isTold = persona.isQuietCustomer && stories.quietCustomer;
  const quiet = isTold ? calendar.endDay - 7 * quietWeeks + 16 : null;
  const ends = quiet ?? course.leaves;
  if (!chosen || course.paidFrom === null || (ends !== null && starts >= ends)) return [];
  const line = new Line("addon", false);
  line.change(noon(starts), persona.tier, "paid", Math.round(price(persona.tier, dice) * 0.2));
  if (ends !== null) line.end(noon(ends));
  return line.periods;
}

function price(tier: Tier, dice: Dice): number {
  const { from, spread } = prices[tier];
  return Math.round((from * Math.exp(spread * (dice.noise() + 1))) / 100) * 100;
}

export function noon(day: number): number {
  return day * daySeconds + 12 * 3600;
}
