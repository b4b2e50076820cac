export { type JobKind, type Jobs, startJobs } from "./start-jobs.ts";
