export { type ChangeTerms, changeOf, type Side } from "./change.ts";
export { adjustFamily } from "./family.ts";
export type { VerdictSeries } from "./history.ts";
export type { Answers, Kind, Observation, Share } from "./observation.ts";
export { compareShares } from "./two-proportions.ts";
export { type OpenMovement, type WeekVerdict, walkVerdicts } from "./walk-verdicts.ts";
