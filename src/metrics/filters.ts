/** Filters in one canonical form, whose hash is part of every stored key that involves them. */
import { createHash } from "node:crypto";
import { z } from "zod";
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

/** Filters as a row of a table gives them, in JSON: of each dimension a text, or a list of texts. */
export const filtersOfRow = z
  .record(z.string(), z.union([z.string().transform((value) => [value]), z.array(z.string())]))
  .transform(canonicalFilters);

/** SHA-256 of the canonical JSON, in hex. */
export function filtersHash(filters: Filters): string {
  return createHash("sha256")
    .update(JSON.stringify(canonicalFilters(filters)))
    .digest("hex");
}
