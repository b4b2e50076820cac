/** Reads definitions from YAML folders; every fault of every file is told at once, with its place. */
import { readdir, readFile, stat } from "node:fs/promises";
import path from "node:path";
import { errorFields } from "../../log.ts";
import { failed, ok, type Result } from "../../result.ts";
import { tooLarge, yamlBytes } from "../../yaml-text.ts";
import { type Driver, parentsOf, resolveDriver } from "./driver.ts";
import type { Group, Team } from "./entry.ts";
import { type FoundEntries, keepEntry, noEntries } from "./found-entries.ts";
import { type CellsName, type Metric, resolveMetric } from "./metric.ts";
import { builtIn, originOf } from "./origin.ts";
import { cutByOwn, type OwnDimension, ownDimensionFaults } from "./own-dimension.ts";
import { partFaults } from "./part-faults.ts";
import type { CatalogueFault, PlacedEntry } from "./placed-entry.ts";
import { isSameEntry, type ReadFile, readFileEntries } from "./read-definitions.ts";
import { type MetricSettings, settingValues } from "./settings.ts";
import { treeFaults } from "./tree-faults.ts";
import { inTreeOrder } from "./tree-order.ts";

/** What metrics stand in: groups of success metrics, drivers of these, the teams that own them, and what cuts them. */
export interface MetricTree {
  /** The company's own dimensions of accounts. */
  dimensions: readonly OwnDimension[];
  groups: readonly Group[];
  drivers: readonly Driver[];
  teams: readonly Team[];
}

/** All metrics, in the order of the tree. */
export interface Catalogue extends MetricTree {
  metrics: readonly Metric[];
  /**
   * What is computed from the facts: the metrics that are neither derived nor reported, and the
   * derived ones' own parts; of those that share their cells, the first.
   */
  computed: readonly Metric[];
  get(id: string): Metric | undefined;
}

/**
 * The definitions that ship, overridden and added to by those of `folders`, later ones first.
 * A folder that cannot be read is a fault of its own.
 */
export async function loadCatalogue(
  settings: MetricSettings,
  folders: readonly string[] = [],
): Promise<Result<Catalogue, CatalogueFault[]>> {
  const faults: CatalogueFault[] = [];
  const found = noEntries();
  let isBlind = false;
  for (const folder of [builtIn, ...folders]) {
    const read = await readFolder(folder);
    isBlind ||= read.isBlind;
    faults.push(...read.faults);
    for (const placed of read.entries) if (counts(placed, settings)) keepEntry(found, placed);
  }
  const cut = cutByOwn(found);
  // What is not known to be there cannot be said to be missing.
  if (!isBlind)
    faults.push(...ownDimensionFaults(found), ...partFaults(cut.id), ...treeFaults(cut));
  return faults.length > 0 ? failed(inOrder(faults)) : ok(resolveEntries(cut, settings));
}

/** File by file, from its top to its end. */
function inOrder(faults: readonly CatalogueFault[]): CatalogueFault[] {
  const files = [...new Set(faults.map(({ file }) => file))];
  return faults.toSorted(
    (a, b) =>
      files.indexOf(a.file) - files.indexOf(b.file) || a.line - b.line || a.column - b.column,
  );
}

interface ReadFolder extends ReadFile {
  /** It, or a file in it, could not be read at all. */
  isBlind: boolean;
}

async function readFolder(folder: string): Promise<ReadFolder> {
  const unread: CatalogueFault[] = [];
  const all: ReadFolder = { entries: [], faults: [], isBlind: false };
  for (const file of await definitionFiles(folder, unread)) {
    const text = await textOf(file, unread);
    if (text === null) continue;
    const { entries, faults } = readFileEntries(file, text);
    all.faults.push(...faults, ...twice(all.entries, entries));
    all.entries.push(...entries);
  }
  all.faults.push(...unread);
  return { ...all, isBlind: unread.length > 0 };
}

/** Which of two files of one folder would count is only their names' order. */
function twice(before: readonly PlacedEntry[], entries: readonly PlacedEntry[]): CatalogueFault[] {
  return entries.flatMap((placed) => {
    const first = before.find((other) => isSameEntry(other, placed));
    if (first === undefined) return [];
    const where = `${path.basename(first.place.file)}:${first.place.line}`;
    return [{ ...placed.place, problem: `${placed.name}: is in ${where} already` }];
  });
}

function counts(placed: PlacedEntry, settings: MetricSettings): boolean {
  if (placed.key !== "id") return true;
  const values = settingValues(settings);
  return Object.entries(placed.entry.when).every(([name, value]) => values[name] === value);
}

function resolveEntries(found: FoundEntries, settings: MetricSettings): Catalogue {
  const metrics = resolveMetrics(found, settings);
  const drivers = entriesOf(found.driver).map((entry) => resolveDriver(entry, metrics));
  const placed = metrics.map((metric) => ({ ...metric, parents: parentsOf(metric, drivers) }));
  const groups = entriesOf(found.group);
  return catalogueOf(inTreeOrder(placed, groups, drivers), {
    groups,
    drivers,
    teams: entriesOf(found.team),
    dimensions: [...found.dimension.values()].map(({ entry, place }) => ({
      ...entry,
      origin: place,
    })),
  });
}

function entriesOf<Entry>(found: ReadonlyMap<string, { entry: Entry }>): Entry[] {
  return [...found.values()].map(({ entry }) => entry);
}

/** Parts before what is derived from them; the order of the files in what it gives. */
function resolveMetrics(found: FoundEntries, settings: MetricSettings): Metric[] {
  const lookups = new Set(found.dimension.keys());
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
    const placed = found.id.get(id);
    if (placed === undefined) throw new Error(`no metric ${id}`);
    const metric = resolveMetric(
      placed.entry,
      { origin: originOf(placed.place), lookups },
      settings,
      resolve,
      nameCells,
    );
    resolved.set(id, metric);
    return metric;
  };
  return [...found.id.keys()].map(resolve);
}

export function catalogueOf(resolved: readonly Metric[], tree: MetricTree = NO_TREE): Catalogue {
  const counted = new Set(resolved.filter(({ sensitive }) => sensitive).flatMap(countedCells));
  const marked = (metric: Metric): Metric => ({
    ...metric,
    isCounted: counted.has(metric.cells.metric),
  });
  const metrics = resolved.map(marked);
  const byId = new Map(metrics.map((metric) => [metric.id, metric]));
  const withCells = resolved.flatMap(computedParts);
  const computed = withCells
    .filter(
      ({ cells }, i) => withCells.findIndex((other) => other.cells.metric === cells.metric) === i,
    )
    .map(marked);
  return { ...tree, metrics, computed, get: (id) => byId.get(id) };
}

function computedParts(metric: Metric): Metric[] {
  if (metric.aggregation === "reported") return [];
  if (metric.aggregation !== "derived") return [metric];
  return metric.parts.map((part) => part.metric).filter((part) => part.partOnly);
}

/**
 * The cells that accounts stand behind, of a metric or of those that it is derived from. Not those of
 * quantiles: none is sensitive as it ships, and the accounts of a company's own are counted when asked.
 */
function countedCells({ parts, tier, values, aggregation, cells }: Metric): string[] {
  if (parts.length > 0) return parts.flatMap(({ metric }) => countedCells(metric));
  return tier === "none" || values !== undefined || aggregation === "hist" ? [] : [cells.metric];
}

const NO_TREE: MetricTree = { dimensions: [], groups: [], drivers: [], teams: [] };

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
