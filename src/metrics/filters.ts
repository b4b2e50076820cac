/** Filters in one canonical form, whose hash is part of every stored key that involves them. */
import { createHash } from "node:crypto";
import type { Filters } from "./answer.ts";

/** Sorted keys, sorted distinct values. */
export function canonicalFilters(filters: Filters): Filters {
  return Object.fromEntries(
    Object.entries(filters)
      .filter(([, values]) => values.length > 0)
      .map(([dimension, values]) => [dimension, [...new Set(values)].sort()] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

/** SHA-256 of the canonical JSON, in hex. */
export function filtersHash(filters: Filters): string {
  return createHash("sha256")
    .update(JSON.stringify(canonicalFilters(filters)))
    .digest("hex");
}
