export { listRuns } from "./list-runs.ts";
export type { WallRule } from "./next-occurrence.ts";
export { type Order, orderPost } from "./order-post.ts";
export type { LoadFault, ReportContext, ReportSources, ReportTeam } from "./report-context.ts";
export { reportDue, reportJobs, WITHDRAW } from "./report-due.ts";
export { startSchedules } from "./schedules.ts";
export type { ToldLoad } from "./told-load.ts";
export { endTrouble, reportTrouble } from "./trouble-store.ts";
export { withdrawFrom } from "./withdraw-figures.ts";
