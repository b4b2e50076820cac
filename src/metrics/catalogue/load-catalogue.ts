/** Reads definitions from YAML folders; every fault of every file is told at once, with its place. */
import { readdir, readFile, stat } from "node:fs/promises";
import path from "node:path";
import { errorFields } from "../../log.ts";
import { failed, ok, type Result } from "../../result.ts";
import { tooLarge, yamlBytes } from "../../yaml-text.ts";
import type { Definition } from "./definition.ts";
import { type Metric, resolveMetric } from "./metric.ts";
import { type CatalogueFault, readDefinitions } from "./read-definitions.ts";
import type { MetricSettings } from "./settings.ts";

/** All metrics, in the order of their files. */
export interface Catalogue {
  metrics: readonly Metric[];
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
  const found = new Map<string, Definition>();
  for (const folder of [builtIn, ...folders]) {
    for (const file of await definitionFiles(folder, faults)) {
      const text = await textOf(file, faults);
      const read = text === null ? ok([]) : readDefinitions(file, text);
      if (!read.ok) faults.push(...read.fault);
      else for (const definition of read.value) found.set(definition.id, definition);
    }
  }
  if (faults.length > 0) return failed(faults);
  return ok(
    catalogueOf([...found.values()].map((definition) => resolveMetric(definition, settings))),
  );
}

export function catalogueOf(metrics: readonly Metric[]): Catalogue {
  const byId = new Map(metrics.map((metric) => [metric.id, metric]));
  return { metrics, get: (id) => byId.get(id) };
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
