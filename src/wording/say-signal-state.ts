/** What became of a signal since the week that opened it. */
import type { Answer, WeekStart } from "../metrics/index.ts";
import { assertNever } from "../result.ts";
import { sayFigure } from "./say-number.ts";
import { sayVerdict } from "./say-verdict.ts";
import { weekName } from "./say-week.ts";
import type { Voice } from "./voice.ts";

export interface SignalState {
  /** `withdrawn`: the data were restated, and there is nothing left of it. */
  kind: "open" | "ended" | "withdrawn";
  /** The latest week that was looked at. */
  week: WeekStart;
  value: number | null;
}

/** `Still open in 2026-W47: 15.2%.`, `Over since 2026-W48: 41.0%.` */
export function saySignalState(state: SignalState, unit: Answer["unit"], voice: Voice): string {
  const week = weekName(state.week);
  const value = sayFigure(unit, state.value, voice);
  switch (state.kind) {
    case "open":
      return `Still open in ${week}: ${value}.`;
    case "ended":
      return `Over since ${week}: ${value}.`;
    case "withdrawn":
      return `Withdrawn in ${week}: the data were corrected, and the week that opened it is not unusual any more.`;
    default:
      return assertNever(state.kind);
  }
}

/** The line of a week in the signal's thread. */
export function saySignalWeek(answer: Answer, state: SignalState, voice: Voice): string {
  const said = saySignalState(state, answer.unit, voice);
  return state.kind === "open" ? `${said} ${sayVerdict(answer, voice)}` : said;
}
