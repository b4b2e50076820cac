/** An entry of a definition file and where it stands, and what is wrong there. */
import type { KeyPath, Place } from "../../yaml-places.ts";
import type { EntryOf, NamingKey } from "./entry.ts";

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
  /** Of one of its keys, or of what is under it. */
  at(path: KeyPath): Place;
  /** Keys that are faulty; the entry holds something else in their place, of which nothing is to be said. */
  unsound: ReadonlySet<string>;
}

export type PlacedEntry = { [Key in NamingKey]: Placed<Key> }[NamingKey];
