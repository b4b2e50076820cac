export { changeOf, type Side } from "./change.ts";
export type { VerdictSeries } from "./history.ts";
export type { Answers, Observation } from "./observation.ts";
export { type WeekVerdict, walkVerdicts } from "./walk-verdicts.ts";
export { wilson } from "./wilson.ts";
