export type { WeeklyRule } from "./next-occurrence.ts";
export type { ReportContext, ReportTeam } from "./report-context.ts";
export { reportDue, reportJobs, startSchedules } from "./report-due.ts";
