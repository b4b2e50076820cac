export { companyKeys, isoWeekday, type Weekday } from "./company.ts";
export type { ConfigFault } from "./config-fault.ts";
export { type Environment, environmentNames } from "./environment.ts";
export { type Config, loadConfig, type Survey, surveyConfig } from "./load-config.ts";
