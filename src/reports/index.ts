export type { WallRule } from "./next-occurrence.ts";
export type { ReportContext, ReportTeam } from "./report-context.ts";
export { reportDue, reportJobs } from "./report-due.ts";
export { startSchedules } from "./schedules.ts";
export { endTrouble, reportTrouble } from "./trouble-store.ts";
