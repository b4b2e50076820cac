export { type Definition, SIGNED_UP } from "./definition.ts";
export { fillLink } from "./link-faults.ts";
export { type Catalogue, catalogueOf, loadCatalogue } from "./load-catalogue.ts";
export { isFixed, type Metric, type Part } from "./metric.ts";
export type { Need } from "./need.ts";
export type { OwnDimension } from "./own-dimension.ts";
export { type CatalogueFault, readDefinitions } from "./read-definitions.ts";
export { defaultSettings, type MetricSettings } from "./settings.ts";
