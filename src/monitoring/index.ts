export { metricNames } from "./metric-names.ts";
export { type Monitor, startMonitor } from "./start-monitor.ts";
export type { Watched } from "./state-gauges.ts";
