import path from "node:path";
import type { Place } from "../../yaml-places.ts";

/** The folder of the definitions that ship. */
export const builtIn = path.join(import.meta.dirname, "definitions");

/** Where a company has written an entry; null for one that ships. */
export function originOf(place: Place): Place | null {
  return path.dirname(place.file) === builtIn ? null : place;
}
