/** One entry of a definition file, with all its faults; what is faulty in it hides no fault of the rest. */
import type { z } from "zod";
import { assertNever } from "../../result.ts";
import { schemaFaults } from "../../yaml-faults.ts";
import type { Places } from "../../yaml-places.ts";
import { type EntryOf, entrySchemas, type NamingKey, namingKeyOf } from "./entry.ts";
import { dimensionEntryFaults, meaningFaults } from "./meaning-faults.ts";
import type { CatalogueFault, Placed, PlacedEntry } from "./placed-entry.ts";
import type { KeyFault } from "./sql-faults.ts";

interface Read<Entry> {
  placed: Entry;
  faults: CatalogueFault[];
}

interface Written {
  entry: unknown;
  index: number;
  places: Places;
}

/** Each fault begins with the entry's name and the key. */
export function readEntry(entry: unknown, index: number, places: Places): Read<PlacedEntry> {
  const key = namingKeyOf(entry);
  const written = { entry, index, places };
  switch (key) {
    case "id":
      return withMeaning(readAs("id", written), meaningFaults);
    case "driver":
      return readAs("driver", written);
    case "team":
      return readAs("team", written);
    case "group":
      return readAs("group", written);
    case "dimension":
      return withMeaning(readAs("dimension", written), dimensionEntryFaults);
    default:
      return assertNever(key);
  }
}

function readAs<Key extends NamingKey>(
  key: Key,
  { entry, index, places }: Written,
): Read<Placed<Key>> {
  const schema: z.ZodType<EntryOf[Key]> = entrySchemas[key];
  const parsed = schema.safeParse(entry);
  const name = nameOf(key, entry, index);
  const at: Placed<Key>["at"] = (path) => places.of([index, ...path]);
  const placed = { key, name, place: at([key]), at };
  if (parsed.success)
    return { placed: { ...placed, entry: parsed.data, unsound: new Set() }, faults: [] };
  const faults = schemaFaults(parsed.error, schema, places, [index]);
  return {
    placed: { ...placed, ...salvaged(key, schema, entry, parsed.error) },
    faults: faults.map(({ path, problem, ...where }) => {
      const inside = path.replace(/^\d+\.?/, "");
      return { ...where, problem: `${name}${inside === "" ? "" : `.${inside}`}: ${problem}` };
    }),
  };
}

/** An entry that is well where keys that it cannot be without are missing or faulty. */
const standIns: { readonly [Key in NamingKey]: Readonly<Record<string, unknown>> } = {
  id: {
    id: "x",
    name: "x",
    layer: "component",
    owners: ["x"],
    unit: "count",
    direction: "neutral",
    dimensions: [],
    aggregation: "sum",
    test: null,
    sensitive: false,
    tier: "event",
    what: "x",
    numerator: "x",
  },
  driver: { driver: "x", name: "x", what: "x", parent: "x", owners: ["x"] },
  team: { team: "x", name: "x" },
  group: { group: "x", name: "x" },
  dimension: { dimension: "x", what: "x", sql: "SELECT 1" },
};

/** The entry without its faulty keys. */
function salvaged<Key extends NamingKey>(
  key: Key,
  schema: z.ZodType<EntryOf[Key]>,
  entry: unknown,
  { issues }: z.ZodError,
): Pick<Placed<Key>, "entry" | "unsound"> {
  const strange = issues.flatMap((issue) =>
    issue.code === "unrecognized_keys" && issue.path.length === 0 ? issue.keys : [],
  );
  const isWhole = issues.every(({ code, path }) => path.length > 0 || code === "unrecognized_keys");
  const written = isWhole ? Object.entries(entry ?? {}) : [];
  const faulty = isWhole
    ? issues.flatMap(({ path }) => path.slice(0, 1).map(String))
    : Object.keys(standIns[key]);
  const unsound = new Set(faulty);
  const sound = written.filter(([name]) => !unsound.has(name) && !strange.includes(name));
  const instead = Object.entries(standIns[key]).filter(([name]) => unsound.has(name));
  return { entry: schema.parse(Object.fromEntries([...sound, ...instead])), unsound };
}

/** What the schema cannot see, told like what it sees. */
function withMeaning<Key extends NamingKey>(
  { placed, faults }: Read<Placed<Key>>,
  faultsOf: (entry: EntryOf[Key], unsound: ReadonlySet<string>) => KeyFault[],
): Read<Placed<Key>> {
  const more = faultsOf(placed.entry, placed.unsound).map(([key, problem]) => ({
    key,
    fault: { ...placed.at([key]), problem: `${placed.name}.${key}: ${problem}` },
  }));
  const unsound = new Set([...placed.unsound, ...more.map(({ key }) => key)]);
  return { placed: { ...placed, unsound }, faults: [...faults, ...more.map(({ fault }) => fault)] };
}

function nameOf(key: NamingKey, entry: unknown, index: number): string {
  const named = new Map(Object.entries(entry ?? {})).get(key);
  return named === undefined ? `entry ${index + 1}` : String(named);
}
