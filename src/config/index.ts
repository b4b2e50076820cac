export { companyKeys, isoWeekday } from "./company.ts";
export type { ConfigFault } from "./config-fault.ts";
export { environmentNames } from "./environment.ts";
export { type Config, loadConfig } from "./load-config.ts";
