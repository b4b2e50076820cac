import type { BrokenView } from "../ingest/index.ts";

/** A view of the company's own that stops a refresh: what is wrong, and what to do. */
export function tellBrokenView({ table, problem }: BrokenView): [said: string, next: string] {
  return [
    `${table} is a view of yours, and ${problem}`,
    "Mend its rows, or the mapping and run kpi import --mapping with it. Until then a refresh may not go through, and answers stay as they were.",
  ];
}
