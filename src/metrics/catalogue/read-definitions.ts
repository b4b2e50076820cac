/** One YAML text to entries; every fault is told at once, with its place. */
import { type Document, visit } from "yaml";
import { failed, ok, type Result } from "../../result.ts";
import { Places } from "../../yaml-places.ts";
import { readYaml } from "../../yaml-text.ts";
import type { CatalogueFault, PlacedEntry } from "./placed-entry.ts";
import { readEntry } from "./read-entry.ts";
import { unreadEntries } from "./unread-entries.ts";

/** What a file holds: with faults its entries serve only to find more of them. */
export interface ReadFile {
  entries: PlacedEntry[];
  faults: CatalogueFault[];
}

/** The entries of one file, a YAML list; `file` is only for the faults. */
export function readDefinitions(
  file: string,
  text: string,
): Result<PlacedEntry[], CatalogueFault[]> {
  const { entries, faults } = readFileEntries(file, text);
  return faults.length > 0 ? failed(faults) : ok(entries);
}

/** All faults that the file shows by itself, and its entries as far as they can be read. */
export function readFileEntries(file: string, text: string): ReadFile {
  const yaml = readYaml(text);
  if (!yaml.ok) {
    const faults = yaml.fault.map(({ message, ...place }) => ({
      file,
      ...place,
      problem: message,
    }));
    return { entries: unreadEntries(file, text), faults };
  }
  const { document, lines, value } = yaml.value;
  const places = new Places(file, text, document, lines);
  const faults = aliasFaults(document, places);
  if (!Array.isArray(value)) {
    const problem = 'a definition file is a list; begin each metric with "- id: ..."';
    return {
      entries: unreadEntries(file, text),
      faults: [...faults, { ...places.of([]), problem }],
    };
  }
  const entries: PlacedEntry[] = [];
  value.forEach((entry: unknown, index) => {
    const read = readEntry(entry, index, places);
    faults.push(...read.faults);
    if (entries.some((other) => isSameEntry(other, read.placed)))
      faults.push({ ...read.placed.place, problem: `${read.placed.name}: is here twice` });
    else entries.push(read.placed);
  });
  return { entries, faults };
}

/** Of metrics there may be one for each setting. */
export function isSameEntry(a: PlacedEntry, b: PlacedEntry): boolean {
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
