/** One YAML text to definitions; every fault is told at once, with its place. */
import { type Document, visit } from "yaml";
import { failed, ok, type Result } from "../../result.ts";
import { schemaFaults } from "../../yaml-faults.ts";
import { type Place, Places } from "../../yaml-places.ts";
import { readYaml } from "../../yaml-text.ts";
import { type Definition, definitionSchema } from "./definition.ts";
import { meaningFaults } from "./meaning-faults.ts";

export interface CatalogueFault extends Place {
  /** What is wrong and what is allowed. */
  problem: string;
}

/** A definition and where it is written. */
export interface PlacedDefinition extends Place {
  definition: Definition;
}

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
  const places = new Places(file, text, document, lines);
  const broken = aliasFaults(document, places);
  if (broken.length > 0) return failed(broken);
  if (!Array.isArray(entries))
    return failed([
      {
        ...places.of([]),
        problem: 'a definition file is a list; begin each metric with "- id: ..."',
      },
    ]);
  const faults: CatalogueFault[] = [];
  const placed: PlacedDefinition[] = [];
  entries.forEach((entry: unknown, index) => {
    const read = readEntry(entry, index, places);
    if (!read.ok) {
      faults.push(...read.fault);
      return;
    }
    const definition = read.value;
    const place = places.of([index, "id"]);
    if (placed.some((other) => isSameEntry(other.definition, definition)))
      faults.push({ ...place, problem: `${definition.id}: is here twice` });
    else placed.push({ definition, ...place });
  });
  return faults.length > 0 ? failed(faults) : ok(placed);
}

function isSameEntry(a: Definition, b: Definition): boolean {
  return a.id === b.id && JSON.stringify(a.when) === JSON.stringify(b.when);
}

// No definition needs one, and a reader would have to look elsewhere for what it says.
function aliasFaults(document: Document.Parsed, places: Places): CatalogueFault[] {
  const faults: CatalogueFault[] = [];
  visit(document, {
    Alias: (_, alias) => {
      const problem = `*${alias.source}: aliases are not allowed`;
      faults.push({ ...places.ofNode(alias), problem });
    },
  });
  return faults;
}

/** Each fault begins with the metric's id and the key. */
function readEntry(
  entry: unknown,
  index: number,
  places: Places,
): Result<Definition, CatalogueFault[]> {
  const name =
    entry && typeof entry === "object" && "id" in entry ? String(entry.id) : `entry ${index + 1}`;
  const parsed = definitionSchema.safeParse(entry);
  if (!parsed.success)
    return failed(
      schemaFaults(parsed.error, definitionSchema, places, [index]).map(
        ({ path, problem, ...place }) => {
          const key = path.replace(/^\d+\.?/, "");
          return { ...place, problem: `${name}${key === "" ? "" : `.${key}`}: ${problem}` };
        },
      ),
    );
  const faults = meaningFaults(parsed.data).map(([key, problem]) => ({
    ...places.of([index, key]),
    problem: `${name}.${key}: ${problem}`,
  }));
  return faults.length > 0 ? failed(faults) : ok(parsed.data);
}
