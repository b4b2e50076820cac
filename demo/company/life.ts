import type { Account, Persona } from "./account.ts";
import { useDays } from "./activity.ts";
import type { Company } from "./company.ts";
import { type Course, chartCourse } from "./course.ts";
import { Dice } from "./dice.ts";
import { noon, writePlan } from "./plan.ts";

/** Lives one account from its sign-up to the end of history. */
export function liveThrough(setting: Omit<Company, "accounts">, persona: Persona): Account {
  const dice = new Dice(setting.options.seed, "milestones", persona.index);
  const course = chartCourse(persona, setting.stories, dice);
  const plan = writePlan(persona, course, setting.calendar, setting.stories, dice);
  return {
    ...persona,
    ...milestones(persona, course, dice),
    plan,
    paidFrom: course.paidFrom,
    leaves: course.leaves,
    lastsUntil: course.lastsUntil,
    closedAt: course.closes === null ? null : noon(course.closes),
    firstPaidAt: plan.find((period) => period.status === "paid")?.from ?? null,
    daysOfUse: useDays(setting, persona, course),
  };
}

type Milestones = Pick<Account, "firstValueAt" | "activatedAt" | "qualifiedAt">;

/** First value, then activation, then qualification; each only after the one before. */
function milestones(persona: Persona, course: Course, dice: Dice): Milestones {
  const reaches = persona.takesHold
    ? { value: 0.95, activation: 0.88, hours: 20 }
    : { value: 0.5, activation: 0.2, hours: 70 };
  const hours = dice.around(reaches.hours, 0.7);
  const value = persona.signedUpAt + Math.round(hours * 3600);
  const activated = value + Math.round(dice.around(30, 0.6) * 3600);
  const qualified = activated + Math.round(dice.around(72, 0.6) * 3600);
  const gone = noon(Math.min(course.closes ?? Number.MAX_SAFE_INTEGER, persona.day + 63));
  const firstValueAt = dice.chance(reaches.value) && value < gone ? value : null;
  const activatedAt =
    dice.chance(reaches.activation) && firstValueAt !== null && activated < gone ? activated : null;
  const mayQualify = persona.startsWith !== "paid" && activatedAt !== null && qualified < gone;
  return {
    firstValueAt,
    activatedAt,
    qualifiedAt: dice.chance(0.6) && mayQualify ? qualified : null,
  };
}
