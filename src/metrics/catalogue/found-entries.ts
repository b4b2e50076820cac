/** All entries of all files, by kind and name; a later one takes the place of one of its name. */
import type { NamingKey } from "./entry.ts";
import type { Placed, PlacedEntry } from "./placed-entry.ts";

export type FoundEntries = { readonly [Key in NamingKey]: Map<string, Placed<Key>> };

export function noEntries(): FoundEntries {
  return {
    id: new Map(),
    driver: new Map(),
    team: new Map(),
    group: new Map(),
    dimension: new Map(),
  };
}

export function keepEntry(found: FoundEntries, placed: PlacedEntry): void {
  const kept: Map<string, PlacedEntry> = found[placed.key];
  kept.set(placed.name, placed);
}
