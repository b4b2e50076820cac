/** One YAML text to definitions; every fault is told at once, with its place. */
import { distance } from "fastest-levenshtein";
import { type Document, isNode, visit } from "yaml";
import type { z } from "zod";
import { failed, ok, type Result } from "../../result.ts";
import { readYaml } from "../../yaml-text.ts";
import { type Definition, definitionSchema } from "./definition.ts";
import { meaningFaults } from "./meaning-faults.ts";

export interface CatalogueFault {
  file: string;
  line: number;
  column: number;
  /** What is wrong and what is allowed. */
  problem: string;
}

/** A definition and where it is written. */
export interface PlacedDefinition extends Omit<CatalogueFault, "problem"> {
  definition: Definition;
}

type Keys = readonly PropertyKey[];

/** The definitions of one file, a YAML list; `file` is only for the faults. */
export function readDefinitions(
  file: string,
  text: string,
): Result<PlacedDefinition[], CatalogueFault[]> {
  const yaml = readYaml(text);
  if (!yaml.ok)
    return failed(
      yaml.fault.map(({ message, ...place }) => ({ file, ...place, problem: message })),
    );
  const { document, lines, value: entries } = yaml.value;
  const at = (offset: number, problem: string): CatalogueFault => {
    const { line, col } = lines.linePos(offset);
    return { file, line, column: col, problem };
  };
  const broken = aliasFaults(document);
  if (broken.length > 0) return failed(broken.map(([offset, problem]) => at(offset, problem)));
  if (!Array.isArray(entries))
    return failed([at(0, 'a definition file is a list; begin each metric with "- id: ..."')]);
  const faults: CatalogueFault[] = [];
  const placed: PlacedDefinition[] = [];
  entries.forEach((entry: unknown, index) => {
    const read = readEntry(entry, index);
    if (!read.ok)
      for (const [keys, problem] of read.fault) faults.push(at(placeOf(document, keys), problem));
    else {
      const { problem, ...place } = at(
        placeOf(document, [index, "id"]),
        `${read.value.id}: is here twice`,
      );
      if (placed.some(({ definition }) => isSameEntry(definition, read.value)))
        faults.push({ ...place, problem });
      else placed.push({ definition: read.value, ...place });
    }
  });
  return faults.length > 0 ? failed(faults) : ok(placed);
}

function isSameEntry(a: Definition, b: Definition): boolean {
  return a.id === b.id && JSON.stringify(a.when) === JSON.stringify(b.when);
}

// No definition needs one, and a reader would have to look elsewhere for what it says.
function aliasFaults(document: Document.Parsed): [offset: number, problem: string][] {
  const faults: [number, string][] = [];
  visit(document, {
    Alias: (_, alias) => {
      faults.push([alias.range?.[0] ?? 0, `*${alias.source}: aliases are not allowed`]);
    },
  });
  return faults;
}

function readEntry(entry: unknown, index: number): Result<Definition, [Keys, string][]> {
  const name =
    entry && typeof entry === "object" && "id" in entry ? String(entry.id) : `entry ${index + 1}`;
  const parsed = definitionSchema.safeParse(entry);
  const faults: [Keys, string][] = parsed.success
    ? meaningFaults(parsed.data).map(([key, problem]) => [[key], problem])
    : parsed.error.issues.map((issue) => [issue.path, issueText(issue)]);
  if (parsed.success && faults.length === 0) return ok(parsed.data);
  return failed(
    faults.map(([keys, problem]) => [[index, ...keys], `${[name, ...keys].join(".")}: ${problem}`]),
  );
}

function placeOf(document: Document.Parsed, keys: Keys): number {
  for (let depth = keys.length; depth >= 0; depth--) {
    const node = document.getIn(keys.slice(0, depth), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return 0;
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
