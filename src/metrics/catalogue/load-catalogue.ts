/** Reads definitions from YAML folders; every fault of every file is told at once, with its place. */
import { readdir, readFile, stat } from "node:fs/promises";
import path from "node:path";
import { errorFields } from "../../log.ts";
import { failed, ok, type Result } from "../../result.ts";
import { tooLarge, yamlBytes } from "../../yaml-text.ts";
import type { Definition } from "./definition.ts";
import { type CellsName, type Metric, resolveMetric } from "./metric.ts";
import { partFaults } from "./part-faults.ts";
import { type CatalogueFault, type PlacedDefinition, readDefinitions } from "./read-definitions.ts";
import { type MetricSettings, settingValues } from "./settings.ts";

/** All metrics, in the order of their files. */
export interface Catalogue {
  metrics: readonly Metric[];
  /**
   * What is computed from the facts: the metrics that are not derived, and the derived ones' own
   * parts; of those that share their cells, the first.
   */
  computed: readonly Metric[];
  get(id: string): Metric | undefined;
}

const builtIn = path.join(import.meta.dirname, "definitions");

/**
 * The definitions that ship, overridden and added to by those of `folders`, later ones first.
 * A folder that cannot be read is a fault of its own.
 */
export async function loadCatalogue(
  settings: MetricSettings,
  folders: readonly string[] = [],
): Promise<Result<Catalogue, CatalogueFault[]>> {
  const faults: CatalogueFault[] = [];
  const found = new Map<string, PlacedDefinition>();
  for (const folder of [builtIn, ...folders]) {
    for (const file of await definitionFiles(folder, faults)) {
      const text = await textOf(file, faults);
      const read = text === null ? ok([]) : readDefinitions(file, text);
      if (!read.ok) faults.push(...read.fault);
      else
        for (const placed of read.value)
          if (counts(placed.definition, settings)) found.set(placed.definition.id, placed);
    }
  }
  faults.push(...partFaults(found));
  if (faults.length > 0) return failed(faults);
  return ok(catalogueOf(resolveAll(found, settings)));
}

function counts({ when }: Definition, settings: MetricSettings): boolean {
  const values = settingValues(settings);
  return Object.entries(when).every(([name, value]) => values[name] === value);
}

/** Parts before what is derived from them; the order of the files in what it gives. */
function resolveAll(
  found: ReadonlyMap<string, PlacedDefinition>,
  settings: MetricSettings,
): Metric[] {
  const resolved = new Map<string, Metric>();
  const names = new Map<string, CellsName>();
  const nameCells = (holds: string, own: CellsName): CellsName => {
    const name = names.get(holds) ?? own;
    names.set(holds, name);
    return name;
  };
  const resolve = (id: string): Metric => {
    const done = resolved.get(id);
    if (done) return done;
    const placed = found.get(id);
    if (placed === undefined) throw new Error(`no metric ${id}`);
    const metric = resolveMetric(placed.definition, settings, resolve, nameCells);
    resolved.set(id, metric);
    return metric;
  };
  return [...found.keys()].map(resolve);
}

export function catalogueOf(metrics: readonly Metric[]): Catalogue {
  const byId = new Map(metrics.map((metric) => [metric.id, metric]));
  const withCells = metrics.flatMap((metric) =>
    metric.aggregation === "derived"
      ? metric.parts.map((part) => part.metric).filter((part) => part.partOnly)
      : [metric],
  );
  const computed = withCells.filter(
    ({ cells }, i) => withCells.findIndex((other) => other.cells.metric === cells.metric) === i,
  );
  return { metrics, computed, get: (id) => byId.get(id) };
}

async function textOf(file: string, faults: CatalogueFault[]): Promise<string | null> {
  try {
    if ((await stat(file)).size <= yamlBytes) return await readFile(file, "utf8");
    faults.push({ file, line: 1, column: 1, problem: tooLarge });
  } catch (error) {
    const { code } = errorFields(error);
    faults.push({ file, line: 1, column: 1, problem: `cannot be read (${code})` });
  }
  return null;
}

async function definitionFiles(folder: string, faults: CatalogueFault[]): Promise<string[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    faults.push({
      file: folder,
      line: 1,
      column: 1,
      problem: `the folder cannot be read (${error.code}). Check "catalogue" in kpi.yaml.`,
    });
    return [];
  });
  return names
    .filter((name) => /\.ya?ml$/.test(name))
    .sort()
    .map((name) => path.join(folder, name));
}
