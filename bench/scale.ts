/** A company that grows: what roll-ups, refreshes and imports cost from one million usage rows on. */
import type { Table } from "./figures.ts";
import { type Measured, measureCompany } from "./scale/measure-company.ts";
import { tablesOf } from "./scale/tables.ts";

const USUAL = ["1M", "10M"];

/** `sizes` such as `50M`, in millions of usage rows; none: one and ten. */
export async function benchScale(sizes: readonly string[]): Promise<Table[]> {
  const measured: Measured[] = [];
  for (const size of sizes.length > 0 ? sizes : USUAL)
    measured.push(await measureCompany(Number(size.slice(0, -1)) * 1e6));
  return tablesOf(measured);
}
