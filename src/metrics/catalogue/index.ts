export { type Definition, SIGNED_UP } from "./definition.ts";
export type { Driver } from "./driver.ts";
export type { Group, Team } from "./entry.ts";
export { fillLink } from "./link-faults.ts";
export { type Catalogue, catalogueOf, loadCatalogue } from "./load-catalogue.ts";
export { isFixed, isOfWhole, isPercentOfWhole, type Metric, type Part } from "./metric.ts";
export type { Need } from "./need.ts";
export type { OwnDimension } from "./own-dimension.ts";
export type { CatalogueFault } from "./placed-entry.ts";
export { readDefinitions } from "./read-definitions.ts";
export {
  defaultSettings,
  type MetricSettings,
  type UsageMeasure,
  usageMeasures,
} from "./settings.ts";
