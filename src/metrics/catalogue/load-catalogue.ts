/** Reads definitions from YAML folders; every fault of every file is told at once, with its place. */
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { distance } from "fastest-levenshtein";
import { isNode, LineCounter, parseDocument } from "yaml";
import type { z } from "zod";
import { failed, ok, type Result } from "../../result.ts";
import { accountDimensions, type Definition, definitionSchema } from "./definition.ts";
import { type Metric, resolveMetric } from "./metric.ts";
import { type MetricSettings, settingNames, settingValues } from "./settings.ts";

export interface CatalogueFault {
  file: string;
  line: number;
  column: number;
  /** What is wrong and what is allowed. */
  problem: string;
}

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
      const read = readDefinitions(file, await readFile(file, "utf8"));
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

/** The definitions of one file, a YAML list; `file` is only for the faults. */
export function readDefinitions(
  file: string,
  text: string,
): Result<Definition[], CatalogueFault[]> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, maxAliasCount: 0 } as Parameters<
    typeof parseDocument
  >[1]);
  const at = (offset: number, problem: string): CatalogueFault => {
    const { line, col } = lines.linePos(offset);
    return { file, line, column: col, problem };
  };
  if (document.errors.length > 0)
    return failed(
      document.errors.map((error) => at(error.pos[0], error.message.split("\n")[0] ?? "")),
    );
  const entries: unknown = document.toJS();
  if (!Array.isArray(entries))
    return failed([at(0, 'a definition file is a list; begin each metric with "- id: ..."')]);
  const placeOf = (keys: readonly PropertyKey[]): number => {
    for (let depth = keys.length; depth >= 0; depth--) {
      const node = document.getIn(keys.slice(0, depth), true);
      if (isNode(node) && node.range) return node.range[0];
    }
    return 0;
  };
  const faults: CatalogueFault[] = [];
  const definitions: Definition[] = [];
  entries.forEach((entry: unknown, index) => {
    const name =
      entry && typeof entry === "object" && "id" in entry ? String(entry.id) : `entry ${index + 1}`;
    const parsed = definitionSchema.safeParse(entry);
    if (!parsed.success)
      faults.push(
        ...parsed.error.issues.map((issue) =>
          at(
            placeOf([index, ...issue.path]),
            `${[name, ...issue.path].join(".")}: ${issueText(issue)}`,
          ),
        ),
      );
    else {
      definitions.push(parsed.data);
      faults.push(
        ...meaningFaults(parsed.data).map(([key, problem]) =>
          at(placeOf([index, key]), `${name}.${key}: ${problem}`),
        ),
      );
    }
  });
  return faults.length > 0 ? failed(faults) : ok(definitions);
}

function issueText(issue: z.core.$ZodIssue): string {
  if (issue.code === "unrecognized_keys") {
    const known = Object.keys(definitionSchema.shape);
    return issue.keys
      .map((key) => `no such key "${key}". Did you mean "${nearest(key, known)}"?`)
      .join(" ");
  }
  if (issue.code === "invalid_value")
    return `${issue.message}. Allowed: ${issue.values.join(", ")}`;
  return issue.message;
}

function nearest(word: string, known: readonly string[]): string {
  return [...known].sort((a, b) => distance(word, a) - distance(word, b))[0] ?? "";
}

/** What the schema cannot see: keys that must fit each other. */
function meaningFaults(definition: Definition): [key: string, problem: string][] {
  const faults: [string, string][] = [];
  const settings = Object.keys(
    settingValues({
      timeZone: "UTC",
      weekStarts: 1,
      acquisitionDays: 0,
      adoption: { weeks: 0, of: 0 },
    }),
  );
  for (const name of settingNames(definition.sql)) {
    if (!settings.includes(name))
      faults.push(["sql", `:${name} is no setting. Settings: ${settings.join(", ")}`]);
  }
  if ((definition.aggregation === "hist") !== (definition.quantile !== undefined))
    faults.push(["aggregation", "hist needs a quantile, and only hist has one"]);
  if (
    definition.tier === "none" &&
    definition.dimensions.some(
      (name) =>
        name === "tier" ||
        ((accountDimensions as readonly string[]).includes(name) && !definition.sql.includes(name)),
    )
  ) {
    faults.push([
      "dimensions",
      "a platform metric (tier: none) has only the dimensions that its SQL gives",
    ]);
  }
  if (definition.unit === "percent" && definition.denominator === null)
    faults.push(["denominator", "a percent needs a denominator"]);
  return faults;
}
