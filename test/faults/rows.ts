/** The rows of rows.yaml, checked. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import { z } from "zod";

const faultRow = z.strictObject({
  row: z.int().positive(),
  fault: z.string(),
  required: z.string(),
  /** What the full run must show. */
  figure: z.string(),
  full: z.int().positive(),
  quick: z.int().positive().max(20_000),
  /** Of what the counts are. */
  unit: z.string(),
});

export type FaultRow = z.infer<typeof faultRow>;

export const faultRows: readonly FaultRow[] = z
  .array(faultRow)
  .parse(parse(readFileSync(path.join(import.meta.dirname, "rows.yaml"), "utf8")));

export function rowOf(number: number): FaultRow {
  const row = faultRows.find(({ row }) => row === number);
  if (row === undefined) throw new Error(`there is no row ${number} in rows.yaml`);
  return row;
}
