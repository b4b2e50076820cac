/** One YAML text to entries; every fault is told at once, with its place. */
import { type Document, visit } from "yaml";
import type { z } from "zod";
import { assertNever, failed, ok, type Result } from "../../result.ts";
import { schemaFaults } from "../../yaml-faults.ts";
import { type Place, Places } from "../../yaml-places.ts";
import { readYaml } from "../../yaml-text.ts";
import { type EntryOf, entrySchemas, type NamingKey, namingKeyOf } from "./entry.ts";
import { dimensionEntryFaults, meaningFaults } from "./meaning-faults.ts";

export interface CatalogueFault extends Place {
  /** What is wrong and what is allowed. */
  problem: string;
}

/** An entry and where its name is written. */
export interface Placed<Key extends NamingKey> {
  key: Key;
  name: string;
  entry: EntryOf[Key];
  place: Place;
}

export type PlacedEntry = { [Key in NamingKey]: Placed<Key> }[NamingKey];

/** The entries of one file, a YAML list; `file` is only for the faults. */
export function readDefinitions(
  file: string,
  text: string,
): Result<PlacedEntry[], CatalogueFault[]> {
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
  const placed: PlacedEntry[] = [];
  entries.forEach((entry: unknown, index) => {
    const read = readEntry(entry, index, places);
    if (!read.ok) faults.push(...read.fault);
    else if (placed.some((other) => isSameEntry(other, read.value)))
      faults.push({ ...read.value.place, problem: `${read.value.name}: is here twice` });
    else placed.push(read.value);
  });
  return faults.length > 0 ? failed(faults) : ok(placed);
}

/** Of metrics there may be one for each setting. */
function isSameEntry(a: PlacedEntry, b: PlacedEntry): boolean {
  const when = (one: PlacedEntry) => (one.key === "id" ? JSON.stringify(one.entry.when) : "");
  return a.key === b.key && a.name === b.name && when(a) === when(b);
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

function readEntry(
  entry: unknown,
  index: number,
  places: Places,
): Result<PlacedEntry, CatalogueFault[]> {
  const key = namingKeyOf(entry);
  const read = { entry, index, places };
  switch (key) {
    case "id":
      return withMeaning(readAs("id", read), meaningFaults, read);
    case "driver":
      return readAs("driver", read);
    case "team":
      return readAs("team", read);
    case "group":
      return readAs("group", read);
    case "dimension":
      return withMeaning(readAs("dimension", read), dimensionEntryFaults, read);
    default:
      return assertNever(key);
  }
}

interface ReadEntry {
  entry: unknown;
  index: number;
  places: Places;
}

/** Each fault begins with the entry's name and the key. */
function readAs<Key extends NamingKey>(
  key: Key,
  { entry, index, places }: ReadEntry,
): Result<Placed<Key>, CatalogueFault[]> {
  const schema: z.ZodType<EntryOf[Key]> = entrySchemas[key];
  const parsed = schema.safeParse(entry);
  const name = nameOf(key, entry, index);
  const place = places.of([index, key]);
  if (parsed.success) return ok({ key, name, entry: parsed.data, place });
  return failed(
    schemaFaults(parsed.error, schema, places, [index]).map(({ path, problem, ...where }) => {
      const inside = path.replace(/^\d+\.?/, "");
      return { ...where, problem: `${name}${inside === "" ? "" : `.${inside}`}: ${problem}` };
    }),
  );
}

/** What the schema cannot see, told like what it sees. */
function withMeaning<Key extends NamingKey>(
  read: Result<Placed<Key>, CatalogueFault[]>,
  faultsOf: (entry: EntryOf[Key]) => [key: string, problem: string][],
  { index, places }: ReadEntry,
): Result<Placed<Key>, CatalogueFault[]> {
  if (!read.ok) return read;
  const { name, entry } = read.value;
  const faults = faultsOf(entry).map(([key, problem]) => ({
    ...places.of([index, key]),
    problem: `${name}.${key}: ${problem}`,
  }));
  return faults.length === 0 ? read : failed(faults);
}

function nameOf(key: NamingKey, entry: unknown, index: number): string {
  const named = new Map(Object.entries(entry ?? {})).get(key);
  return named === undefined ? `entry ${index + 1}` : String(named);
}
