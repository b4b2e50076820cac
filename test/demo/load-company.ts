import { Readable } from "node:stream";
import { type CompanyOptions, generateCompany } from "../../demo/company/index.ts";
import type { Database } from "../../src/db/index.ts";

/** Copies every table of the company into the source tables, as they come; the rows of each. */
export async function loadCompany(
  db: Database,
  options: CompanyOptions,
): Promise<Map<string, number>> {
  const rows = new Map<string, number>();
  for (const table of generateCompany(options)) {
    let lines = -1;
    const counted = async function* () {
      for await (const chunk of table.csv()) {
        for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) lines += 1;
        yield chunk;
      }
    };
    await db.copyIn(
      `COPY source.${table.name} (${table.columns.join(", ")}) FROM STDIN (FORMAT csv, HEADER)`,
      Readable.from(counted()),
    );
    rows.set(table.name, lines);
  }
  return rows;
}
