/** A cohort that has not had its whole time: what is known of it instead of one number. */
import type { Answer } from "../metrics/index.ts";
import { MISSING, sayValue, sayWhole } from "./say-number.ts";
import type { Voice } from "./voice.ts";

type Young = Pick<Answer, "maturing" | "unit" | "done" | "week" | "cohortWeek">;

/** `7.7%`, of a yes or no that time decides; n/a of an empty cohort. */
export function youngShare({ maturing, unit }: Young, voice: Voice): string {
  if (maturing === null || maturing.n === 0) return MISSING;
  return sayValue(unit, maturing.already / maturing.n, voice);
}

/** `8 of 104`; empty without a pair. */
export function youngParts({ maturing }: Young, voice: Voice): string {
  if (maturing === null) return "";
  return `${sayWhole(maturing.already, voice)} of ${sayWhole(maturing.n, voice)}`;
}

/** `week 6 of 13`: how far the youngest of the cohort is; empty where that is not known. */
export function youngAge({ maturing, week, cohortWeek }: Young): string {
  if (maturing === null || cohortWeek === null) return "";
  const { days } = Temporal.PlainDate.from(cohortWeek).until(Temporal.PlainDate.from(week));
  return `week ${maturing.elapsedWeeks} of ${Math.round(days / 7)}`;
}

/** `8 of 104 (7.7%) have adopted so far; at most 104 of 104 (100.0%) can.` */
export function sayYoungCohort(young: Young, voice: Voice): string[] {
  const { maturing, done, unit } = young;
  if (maturing === null) return [];
  const { already, possible, n } = maturing;
  const share = (count: number): string =>
    `${sayWhole(count, voice)} of ${sayWhole(n, voice)}${n === 0 ? "" : ` (${sayValue(unit, count / n, voice)})`}`;
  return [`${share(already)} have ${done} so far; at most ${share(possible)} can.`];
}
