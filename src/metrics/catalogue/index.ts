export type { Definition } from "./definition.ts";
export {
  type Catalogue,
  type CatalogueFault,
  catalogueOf,
  loadCatalogue,
  readDefinitions,
} from "./load-catalogue.ts";
export { isFixed, type Metric } from "./metric.ts";
export { defaultSettings, type MetricSettings } from "./settings.ts";
