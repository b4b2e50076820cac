import { histogramNames } from "./event-histograms.ts";
import { processNames } from "./process-gauges.ts";
import { COMPLETE, EVENTS } from "./start-monitor.ts";
import { stateNames } from "./state-gauges.ts";

/** All that a scrape may show, which the reference must name. */
export const metricNames: readonly string[] = [
  ...histogramNames,
  EVENTS,
  ...stateNames,
  ...processNames,
  COMPLETE,
];
