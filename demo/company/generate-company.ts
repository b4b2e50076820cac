import { chunks } from "./csv.ts";
import { foundCompany } from "./found-company.ts";
import type { CompanyOptions } from "./options.ts";
import { allTables } from "./tables/all-tables.ts";

/** One source table as CSV. */
export interface CompanyTable {
  /** The name of the source table, and of its file without `.csv`. */
  name: string;
  columns: readonly string[];
  /** UTF-8 chunks of about 64 KiB, the header first; each call starts afresh. */
  csv(): AsyncIterable<Buffer>;
}

/**
 * The demo company, table by table, each after those that its foreign keys point to.
 * Rows are made while they are read: only the accounts are held in memory.
 * An empty field is null; amounts are exact decimals, dates ISO, instants UTC with Z.
 * Throws a RangeError on options that make no company.
 */
export function* generateCompany(options: CompanyOptions): Generator<CompanyTable> {
  const company = foundCompany(options);
  for (const table of allTables) {
    const { name, columns } = table;
    yield {
      name,
      columns,
      async *csv() {
        yield* chunks(columns, table.lines(company));
      },
    };
  }
}
