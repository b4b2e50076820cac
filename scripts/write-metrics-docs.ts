/** Writes docs/metrics.md. A test holds the page to the catalogue. */
import { writeFileSync } from "node:fs";
import { defaultSettings, loadCatalogue } from "../src/metrics/catalogue/index.ts";
import { metricsPage } from "./metrics-page.ts";

const catalogue = await loadCatalogue(defaultSettings);
if (!catalogue.ok) throw new Error(JSON.stringify(catalogue.fault));
writeFileSync(new URL("../docs/metrics.md", import.meta.url), metricsPage(catalogue.value));
